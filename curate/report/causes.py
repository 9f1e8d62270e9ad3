"""Why a check that drops much of a dataset most likely does: more often the reading or the asking than the rows."""

LIKELY_CAUSES: dict[str, str] = {
    "invalid_structure": "the rows are of another version, or `schema` is not the one that they were asked for",
    "truncated": "max_tokens was too low for this teacher; raise it, or set `on_truncated: retry`",
    "unclosed_thinking": "max_tokens was too low, or the closing tag of this teacher is one that is not known",
    "duplicate_thinking": "the server sends the thinking in a field of its own and leaves it in the text as well",
    "empty_response": "the reply is in another column (--map reply=COLUMN), or max_tokens ended it within the thinking",
    "missing_answer": "the answers are stated in a way that is not known, or these problems have none; then leave the "
    "check out",
    "final_answer_only": "the thinking stands in a column that was not read (--map reasoning=COLUMN), or the server "
    "leaves it out",
    "wrong_answer": "the reference is in another column (--map reference=COLUMN), or is no answer that can be compared",
    "unverified_answer": "the reference is in a column that was not read (--map reference=COLUMN)",
    "minority_answer": "the teacher guesses: the problems are too hard for it, or its temperature is too high",
    "wrong_step": "the problems are too hard for this teacher",
    "answer_mismatch": "the response answers in other units or another form than the thinking",
    "too_few_steps": "`min_steps` or `min_words` asks more than these problems need",
    "looping": "the teacher runs at a low temperature, or is small or heavily quantised; try a higher one",
    "mixed_language": "the problems are written in several languages, or the teacher thinks in another one than it is "
    "asked in",
    "refusal": "the problems touch what this teacher does not talk about",
    "leaked_reference": "the prompt shows the teacher the reference",
    "special_tokens": "the replies were decoded without leaving out special tokens",
    "broken_text": "the file was decoded or encoded twice in the wrong way before it came here",
    "too_long": "`max_tokens` of the check is below what this teacher usually writes",
    "too_easy": "the problems are too easy for this teacher; ask harder ones, or a weaker teacher",
    "too_hard": "the problems are too hard for this teacher, or their references are wrong or in another form",
    "invalid_problem": "the problems were taken from pages with figures, parts and answers; name the check in the "
    "`checks` of their source, where it costs nothing",
    "needs_proof": "the problems come from a collection of olympiads or exercises; leave proofs out at their source",
    "too_long_problem": "another column than the problem was read, or `max_words` is too low for these problems",
    "too_short_problem": "another column than the problem was read (--map problem=COLUMN)",
    "other_language": "the problems are in several languages; name the one you want with `language`",
    "exact_duplicate": "the same file or rows were given twice, or the samples were drawn at temperature 0",
    "near_duplicate": "the problems are variants of a few, or the samples were drawn at a low temperature",
    "too_many_samples": "more samples were drawn of each problem than `max_per_problem` lets stay",
    "over_represented": "one kind of rows makes up most of the input; add others, or raise the share that it may have",
    "benchmark_leak": "the problems come from the benchmark itself or from a set that was made of it",
}
"""Check to what is most often behind it when it drops more than a fifth of its rows."""


def likely_cause(check: str) -> str | None:
    """Return what most likely lies behind it, or None for a check of the user's own; one may stand twice in a list."""
    return LIKELY_CAUSES.get(check.split("#", maxsplit=1)[0])
