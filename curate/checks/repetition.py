"""Text that goes round in circles."""

from collections import Counter

from curate.records import Finding, Trace

TAIL = 48
"""Characters of the end that are looked for before it; a shorter period is found as several of itself."""
MAX_PERIOD = 4_000


def looping(trace: Trace, *, max_repeats: int = 5, max_share: float = 0.3) -> Finding | None:
    """The text says the same again and again.

    Either it ends in a loop (the same run of characters more than `max_repeats` times in a row), or one line or
    sentence of at least 30 characters comes more than `max_repeats` times and makes up more than `max_share` of the
    text. The reason quotes the loop.

    Args:
        trace: The trace to judge.
        max_repeats: How often the same may be said; the measure is how often it is.
        max_share: Greatest share of the text that one repeated line or sentence may make up.
    """
    repeats = 0
    for text in (trace.reasoning, trace.response):
        period, times = tail_loop(text)
        if times > max_repeats:
            reason = f"ends in a loop of {times} times {_quoted(text[-period:])}"
            return Finding(outcome="fail", reason=reason, value=times)
        piece, count = _most_said(text)
        repeats = max(repeats, times, count)
        if count > max_repeats and count * len(piece) > max_share * len(text):
            return Finding(outcome="fail", reason=f"says {count} times {_quoted(piece)}", value=count)
    return Finding(outcome="pass", value=repeats)


def tail_loop(text: str) -> tuple[int, int]:
    """Return the period of the loop that a text ends in, in characters, and how often it is gone through.

    The last characters are looked for before themselves; if they are found, the distance is the only candidate for a
    period, and how far back it holds is found by comparing slices, doubling the stretch.
    """
    text = text.rstrip()
    if len(text) < 2 * TAIL:
        return 0, 0
    tail = text[-TAIL:]
    before = text.rfind(tail, max(0, len(text) - TAIL - MAX_PERIOD), len(text) - 1)
    if before < 0:
        return 0, 0
    period = len(text) - TAIL - before
    times = 1
    while text[-(times + 1) * period : -times * period] == text[-period:]:
        times += 1
    return period, times


MIN_PIECE = 30


def _most_said(text: str) -> tuple[str, int]:
    """Return the line or sentence that comes most often, and how often."""
    pieces = [piece.strip() for line in text.split("\n") for piece in line.split(". ") if len(piece) >= MIN_PIECE]
    if len(pieces) == len(set(pieces)):
        return "", 0
    piece, count = Counter(pieces).most_common(1)[0]
    return piece, count


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]} ...")


_QUOTED = 80
