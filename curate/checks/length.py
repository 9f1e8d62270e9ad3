"""Is the trace too long for the model that is going to learn from it?"""

from functools import cache
from typing import TYPE_CHECKING

from curate.checks.parameters import LocalFile
from curate.errors import UsageError
from curate.records import Finding, Trace

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BYTES_A_TOKEN = 4
"""Of the estimate: what English text comes to with the vocabularies of today's models; convention, not measured."""


def too_long(trace: Trace, *, max_tokens: int = 16_384, tokenizer: LocalFile | None = None) -> Finding | None:
    """The thinking and the response together have more tokens than the student shall read.

    Counted with the tokenizer file of the student. Without one the server's count is taken where it is known, and else
    the length is estimated at four bytes a token; the reason says which of the three it was.

    Args:
        trace: The trace to judge.
        max_tokens: Most tokens; the measure is how many there are.
        tokenizer: A `tokenizer.json` on this machine, relative to the recipe; needs `curate[tokens]`.
    """
    tokens, how = _counted(trace, tokenizer)
    if tokens <= max_tokens:
        return Finding(outcome="pass", value=tokens)
    return Finding(outcome="fail", reason=f"{tokens:,} tokens {how}, {max_tokens:,} at most", value=tokens)


def _counted(trace: Trace, tokenizer: str | None) -> tuple[int, str]:
    """Return the number of tokens, and in words how they were counted."""
    text = f"{trace.reasoning}{trace.response}"
    if tokenizer is not None:
        # a lone surrogate is no text that a tokenizer could take
        plain = text if text.isascii() else text.encode("utf-8", "replace").decode()
        return len(load_tokenizer(tokenizer).encode(plain, add_special_tokens=False).ids), "by the tokenizer"
    if trace.usage.completion_tokens is not None:
        return trace.usage.completion_tokens, "by the server's count"
    return -(-len(text.encode("utf-8", "surrogatepass")) // BYTES_A_TOKEN), "by estimate"


@cache
def load_tokenizer(path: str) -> "Tokenizer":
    """Return the tokenizer of a file, loaded once in each process.

    Raises:
        UsageError: `tokenizers` is not installed, or the file is no tokenizer.
    """
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        raise UsageError("counting tokens needs the extra `curate[tokens]`") from None
    try:
        return Tokenizer.from_file(path)
    except Exception as error:  # noqa: BLE001 - the library raises bare Exception for whatever is wrong with the file
        raise UsageError(f"{path} is no tokenizer file: {error}") from None
