"""Identity: 128-bit digests of text, as 32 hexadecimal digits."""

import hashlib
import unicodedata

DIGEST_BYTES = 16


def digest(*parts: str) -> str:
    """Return the 128-bit BLAKE2b digest of `parts`; text moved from one part to the next changes it."""
    return raw_digest(*parts).hex()


def raw_digest(*parts: str) -> bytes:
    """Return the same digest as 16 bytes."""
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.digest()


def plain_text(text: str) -> str:
    """Return `text` with canonical Unicode and single spaces: what two copies of one problem have in common.

    Case and compatibility forms stay: `x²` is not `x2`, and `A` is not `a`.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def problem_id(text: str) -> str:
    """Return the identity of a problem: a digest of its normalised text, never of its answer."""
    return digest("problem", plain_text(text))
