"""Identity: 128-bit digests of text, as 32 hexadecimal digits."""

import hashlib
import unicodedata
from typing import Literal

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
    return " ".join(text.split()) if text.isascii() else normalised_words("NFC", text)


def normalised_words(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the words of `text` in a Unicode normal form, with single spaces between them.

    A word beyond `MAX_WORD` characters is left as it is: normalising takes quadratic time on runs of combining marks.
    """
    return " ".join(
        word if word.isascii() or len(word) > MAX_WORD else unicodedata.normalize(form, word) for word in text.split()
    )


MAX_WORD = 1_000


def problem_id(text: str) -> str:
    """Return the identity of a problem: a digest of its normalised text, never of its answer."""
    return digest("problem", plain_text(text))
