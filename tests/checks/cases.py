"""Case tables of the checks: both sides of every bound. A check without a table fails the contract test.

A case is the trace (what differs from a sound one), the parameters, the outcome, and words that the reason must hold.
"""

from typing import Any

from curate.checks import Case
from curate.prompts.styles import ZERO_SHOT
from curate.records import Message, Problem, Sampling, Trace, Usage
from tests.checks.questions import QUESTION_CASES

STEPS = "Half of the 12 eggs are brown. 12 / 2 = 6, so there are 6 brown eggs in the carton."


def trace(**changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a sound trace with some fields changed."""
    fields: dict[str, Any] = {
        "id": "a",
        "problem": Problem(id="p", text="How many of the 12 eggs are brown if half are?", reference="6"),
        "reasoning": STEPS,
        "response": "The answer is 6.",
        "answer": "6",
    }
    return Trace(**(fields | changes))


def said(response: str, **changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a trace whose response is all there is; its answer is what is found in it."""
    from curate.answers import find_answer  # noqa: PLC0415 - cases are data, this one helper reads

    found = find_answer(response)
    return trace(**{"reasoning": "", "response": response, "answer": found.text if found else None} | changes)


def referring(reference: str | None, answer: str | None, answer_type: str | None = None) -> Trace:
    """Return a trace with this reference and answer."""
    problem = Problem(id="p", text="How many?", reference=reference, answer_type=answer_type)
    return trace(problem=problem, answer=answer)


def counted(tokens: int | None, limit: int | None, **changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a trace of so many tokens under such a limit."""
    return trace(usage=Usage(completion_tokens=tokens), teacher=Sampling(max_tokens=limit), **changes)


def concluding(reasoning: str, **changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a trace whose reasoning ends so."""
    return trace(**{"reasoning": f"{STEPS} {reasoning}"} | changes)


SENTENCES = [f"Of the {count} eggs in the carton on shelf {count}, half are brown. " for count in range(10, 26, 2)]


def halves(same: int) -> str:
    """Return thinking of eight sentences of one length, the first of them `SENTENCES`, the others of its own."""
    return "".join([*SENTENCES[:same], *(sentence.swapcase() for sentence in SENTENCES[same:])])


LONG = "First we add the two numbers that the problem gives us, which are three and four"

CASES: dict[str, list[Case]] = {
    **QUESTION_CASES,
    "invalid_structure": [
        Case("no schema of one's own", trace(data={"any": 1}), "pass"),
        Case(
            "data fits",
            trace(data={"premises": ["a"]}),
            "pass",
            parameters={"schema": {"required": ["premises"]}},
        ),
        Case(
            "data lacks a key",
            trace(data={}),
            "fail",
            "'premises' is a required property",
            {"schema": {"required": ["premises"]}},
        ),
        Case(
            "data is of the wrong type inside",
            trace(data={"a": {"b~/c": "x"}}),
            "fail",
            "data/a/b~0~1c: ",
            {"schema": {"properties": {"a": {"properties": {"b~/c": {"type": "integer"}}}}}},
        ),
    ],
    "unclosed_thinking": [
        Case("closed", trace(thinking_closed=True), "pass"),
        Case("came apart", trace(), "pass"),
        Case("never closed", trace(response="", answer=None, thinking_closed=False), "fail", "never closed"),
        Case("another block", said("Half of 12 is 6.\n<think>\nWait, is it 6"), "fail", "<think> and never closes it"),
        Case("another block that closes", said("Half of 12 is 6.\n<think>It is 6.</think>\nSo 6."), "pass"),
        Case("a tag that is talked about", said("The tag <think> opens a block. The answer is 6."), "pass"),
        Case("in backticks", said("Write\n`<think>` at the head. The answer is 6."), "pass"),
        Case("nothing after closed thinking", trace(response="", answer=None, thinking_closed=True), "pass"),
    ],
    "duplicate_thinking": [
        Case("the response sums it up", trace(), "pass"),
        Case("the response repeats it", trace(response=f"{STEPS} The answer is 6."), "fail", "repeats 100%"),
        Case("other line breaks", trace(response=STEPS.replace(". ", ".\n\n")), "fail", "repeats"),
        Case(
            "half of it is the bound",
            trace(reasoning=halves(4), response="".join(SENTENCES[:4])),
            "pass",
        ),
        Case("more than half", trace(reasoning=halves(6), response="".join(SENTENCES[:6])), "fail", "repeats 75%"),
        Case(
            "a higher bound",
            trace(reasoning=halves(6), response="".join(SENTENCES[:6])),
            "pass",
            parameters={"max_share": 0.8},
        ),
        Case("only its last line", trace(reasoning="".join(SENTENCES), response=SENTENCES[-1]), "pass"),
        Case("too short to tell", trace(reasoning="12 / 2 = 6.", response="12 / 2 = 6. The answer is 6."), "pass"),
        Case("twice in a row", trace(reasoning=f"{STEPS}\n\n{STEPS}"), "fail", "written twice"),
        Case("a second block", trace(response="It is 6. <think>Is it?</think> It is 6."), "fail", "second block"),
        Case("a closing tag too many", trace(response="Sure.</think> The answer is 6."), "fail", "(</think>)"),
        Case("a tag in backticks", trace(response="It ends with `</think>`. The answer is 6."), "pass"),
    ],
    "empty_response": [
        Case("said", trace(), "pass"),
        Case("nothing", said(""), "fail", "empty response"),
        Case("white space", said(" \n\t\u00a0\u200b"), "fail"),
        Case("nothing after thinking", trace(response="", answer=None), "fail", "nothing after 83 characters"),
        Case("empty tags", said("<answer></answer>"), "fail", "says nothing: '<answer></answer>'"),
        Case("a tag with a word", said("<answer>6</answer>"), "pass"),
        Case("marks alone", said("**...**"), "fail"),
        Case("one digit", said("6"), "pass"),
        Case("another script", said("\u516d"), "pass"),
        Case("a tick", said("\u2705"), "pass"),
        Case("as many marks as the bound", said("-" * 80), "fail"),
        Case("one mark more", said("-" * 81), "pass"),
    ],
    "missing_answer": [
        Case("stated", trace(), "pass"),
        Case("not stated", said("We should first think what an egg is, and then count."), "fail", "no final answer"),
        Case("empty", said(""), "fail", "empty response"),
        Case("in the thinking alone", trace(response="Done, as shown above in full detail here.", answer=None), "fail"),
    ],
    "truncated": [
        Case("finished", trace(finish_reason="stop"), "pass"),
        Case("length", counted(64, 64, finish_reason="length"), "fail", "stopped at 64 of 64 tokens"),
        Case("length, tokens unknown", trace(finish_reason="length"), "fail", "stopped by the token limit"),
        Case("length after the answer", trace(finish_reason="length"), "fail", "after it had stated its answer"),
        Case("connection cut", trace(finish_reason="interrupted"), "fail", "connection"),
        Case("the finish reason is believed", counted(64, 64, finish_reason="stop"), "pass"),
        Case("tokens at the cap", counted(62, 64), "fail", "stopped at 62 of 64 tokens"),
        Case("tokens one below the cap's slack", counted(61, 64), "pass"),
        Case("tokens, but no limit", counted(10**9, None), "pass"),
        Case("thinking never closed", trace(response="", answer=None), "fail", "never closed"),
        Case("ends inside a sentence", said(LONG), "fail", "inside a sentence"),
        Case("the same, ended", said(LONG + "."), "pass"),
        Case("as many words as the bound", said("one two three four and"), "fail"),
        Case("one word fewer", said("one two three and"), "pass"),
        Case("a higher bound", said(LONG), "pass", parameters={"min_words": 30}),
        Case("ends inside a code fence", said("```python\nprint(3 + 4)\n"), "fail", "code fence"),
        Case("a closed fence", said("Run this to see it:\n```python\nprint(3 + 4)\n```"), "pass"),
        Case("ends inside a formula", said("So we get \\[ x = 3 + "), "fail", "formula"),
        Case("ends inside a box", said("Therefore it is \\boxed{3"), "fail", "formula"),
        Case("a closed box", said("Therefore it is \\boxed{3}"), "pass"),
        Case("ends inside an object", said('{"answer": "3", "steps": ["a'), "fail", "object"),
        Case("a whole object", said('{"answer": "3", "steps": ["a"]}'), "pass"),
        Case("an answer needs no full stop", said(f"{LONG}.\n#### 7"), "pass"),
        Case("a short last line is a value", said(f"{LONG}.\nAnswer: seven apples"), "pass"),
        Case("a factorisation", said(f"{LONG}.\n3 \u00d7 3 \u00d7 37"), "pass"),
        Case(
            "a cut reply has stated nothing by being short", said("Cut off in the", finish_reason="length"), "fail", ")"
        ),
        Case("other scripts end too", said("\u9996\u5148\u6211\u4eec\u628a\u4e24\u4e2a\u6570 " * 9 + "\u3002"), "pass"),
        Case("nothing at all is not truncated", said(""), "pass"),
        Case("nothing after closed thinking", trace(response="", answer=None, thinking_closed=True), "pass"),
        Case("a mark alone is another fault", said(f"{LONG}. That makes seven eggs in all."), "pass"),
        Case("a loop that never ended", said(f"{LONG}. " + "and so the sum is the sum, " * 7), "fail", "a loop"),
        Case("answered, then ran on", said(f"The answer is 7.\n{LONG} and the"), "fail", ", after it had stated"),
        Case("the answer itself is cut", said(f"{LONG}.\nThe answer is the"), "fail"),
    ],
    "final_answer_only": [
        Case("thinking apart counts", trace(), "pass"),
        Case("bare", said("42"), "fail", "0 words besides the answer '42'"),
        Case("a sentence", said("The answer is 42."), "fail"),
        Case("a polite sentence", said("Sure! Here is the final answer to the problem: 42."), "fail"),
        Case("a box", said("$\\boxed{42}$"), "fail"),
        Case("a tag", said("<answer>42</answer>"), "fail"),
        Case("hashes", said("#### 42"), "fail"),
        Case("an object", said('{"answer": 42}'), "fail"),
        Case("bold", said("**42**"), "fail"),
        Case("a choice with its text", said("The correct option is (B)."), "fail"),
        Case("an expression", said("<answer>3x + 7</answer>"), "fail"),
        Case("an equation", said("The answer is x = 42."), "fail"),
        Case("a working counts", said("3 * 14 = 42. The answer is 42."), "pass"),
        Case("a marked calculation counts", said("<<3*14=42>>\n#### 42"), "pass"),
        Case("as many words as the bound", said("Three dozen eggs plus half another.\n#### 42"), "pass"),
        Case("one word fewer", said("Three dozen eggs plus half.\n#### 42"), "fail", "5 words"),
        Case(
            "a higher bound", said("Three dozen eggs plus half another.\n#### 42"), "fail", parameters={"min_words": 8}
        ),
        Case("nothing at all is another fault", said(""), "pass"),
    ],
    "too_few_steps": [
        Case("as many as the bound", trace(steps=("a", "b")), "pass"),
        Case("one fewer", trace(steps=("a",)), "fail", "1 of at least 2 steps"),
        Case("none", trace(steps=(), reasoning="", response="6"), "fail", "0 of"),
        Case("a higher bound", trace(steps=("a", "b")), "fail", parameters={"min_steps": 3}),
        Case("as many words as the bound", trace(steps=("a", "b"), reasoning="word " * 12), "pass"),
        Case("one word fewer", trace(steps=("a", "b"), reasoning="word " * 11), "fail", "11 of at least 12 words"),
        Case("no words asked", trace(steps=("a", "b"), reasoning="6"), "pass", parameters={"min_words": 0}),
        Case("words without spaces", trace(steps=("a", "b"), reasoning="\u516d" * 24), "pass"),
    ],
    "answer_mismatch": [
        Case("the same", concluding("So the answer is 6."), "pass"),
        Case("another", concluding("So the answer is 7."), "fail", "'6' in the response, '7' at the end"),
        Case("the same number", concluding("So the answer is \\boxed{6.0}."), "pass"),
        Case("another letter", concluding("The answer is (B).", response="(C)", answer="(C)"), "fail"),
        Case("no conclusion", concluding("12 / 2 = 7."), "undecided", "does not end in a stated answer"),
        Case("a value in passing", concluding("The answer is 6. To check: 6 + 6 = 12."), "pass"),
        Case("second thoughts", concluding("So the answer is 7. Wait, 12 / 2 is 6."), "undecided"),
        Case("a conclusion long before", concluding("The answer is 7. " + "We go on. " * 70), "undecided"),
        Case("no rule tells", concluding("So the answer is a knight.", response="Ada", answer="Ada"), "undecided"),
        Case("no answer", trace(answer=None), "undecided", "no answer"),
        Case("no reasoning apart", said("The answer is 6."), "undecided"),
    ],
    "wrong_answer": [
        Case("the same", referring("6", "6"), "pass"),
        Case("the same number", referring("1000", "$1,000.00"), "pass"),
        Case("another number", referring("6", "7"), "fail", "'7' instead of '6'"),
        Case("no reference", referring(None, "7"), "undecided", "no reference"),
        Case("no answer", referring("6", None), "undecided", "no final answer"),
        Case("the same formula", referring("x + 1", "1 + x"), "pass"),
        Case("no rule", referring("Paris", "the city of light"), "undecided", "no_rule"),
        Case("a share or percent", referring("0.1", "10%"), "undecided", "percent"),
        Case("rounded as written", referring("1/3", "0.333"), "undecided", "rounded"),
        Case("beyond rounding", referring("1/3", "0.34"), "fail"),
        Case("yes is true", referring("yes", "True"), "pass"),
        Case("no is not yes", referring("no", "yes"), "fail"),
        Case("names in another order", referring("Ada, Bo", "Bo and Ada", "names"), "pass"),
        Case("another name", referring("Ada, Bo", "Ada", "names"), "fail"),
        Case("a choice", referring("(B)", "b"), "pass"),
        Case("another choice", referring("(B)", "(C)"), "fail"),
    ],
    "unverified_answer": [
        Case("a reference", referring("12", "12"), "pass"),
        Case("a reference that differs", referring("12", "13"), "pass"),
        Case("no reference", referring(None, "12"), "fail", "no reference"),
        Case("neither reference nor answer", referring(None, None), "fail", "no reference"),
    ],
    "wrong_step": [
        Case("sound", trace(steps=("Half of 12: 12 / 2 = 6.", "6 + 1 = 7")), "pass"),
        Case("no steps", trace(steps=()), "pass"),
        Case("nothing to recompute", trace(steps=("Half of the eggs are brown.",)), "pass"),
        Case(
            "untrue",
            trace(steps=("Half of 12: 12 / 2 = 6.", "6 + 1 = 8", "8 + 1 = 10")),
            "fail",
            "step 2 says '6 + 1 = 8', but 6 + 1 is 7",
        ),
        Case("a running total", trace(steps=("6 + 1 = 7 * 2 = 14",)), "pass"),
    ],
    "looping": [
        Case("sound", trace(), "pass"),
        Case("ends in a loop", said("We add. " + "So the sum is again the sum. " * 9), "fail", "ends in a loop of"),
        Case("a loop without full stops", said("We get " + "False and not True and " * 9), "fail", "ends in a loop"),
        Case(
            "five times is the bound",
            said("We begin here. " + "So the whole sum is once more the whole sum, and " * 5),
            "pass",
        ),
        Case(
            "six times is beyond it",
            said("We begin here. " + "So the whole sum is once more the whole sum, and " * 6),
            "fail",
        ),
        Case(
            "a higher bound",
            said("We begin here. " + "So the whole sum is once more the whole sum, and " * 6),
            "pass",
            parameters={"max_repeats": 6},
        ),
        Case(
            "says one line again and again",
            said("\n".join(f"Let me check that number again, carefully.\n{n} is fine." for n in range(9))),
            "fail",
            "says 9 times 'Let me check",
        ),
        Case(
            "as often, in a text where it is little",
            said(
                "\n".join(
                    f"Let me check that number again, carefully.\n{f'{n} is fine, as I see. ' * 5}{n}" for n in range(9)
                )
            ),
            "pass",
        ),
        Case("counting up is no loop", said(" ".join(f"{n} + 1 = {n + 1}." for n in range(300))), "pass"),
        Case("a table repeats its rules", said("\n".join(f"| {n} | {n * n} |\n|---|---|" for n in range(40))), "pass"),
    ],
    "mixed_language": [
        Case("one language", trace(), "pass"),
        Case(
            "another script in the middle",
            said(f"{STEPS} \u6240\u4ee5\u6211\u4eec\u5f97\u5230\u516d The answer is 6."),
            "fail",
            "Han",
        ),
        Case("two characters are the bound", said(f"{STEPS} \u516d\u4e2a The answer is 6."), "pass"),
        Case("three are beyond it", said(f"{STEPS} \u516d\u4e2a\u86cb The answer is 6."), "fail", "3 words in Han"),
        Case(
            "Cyrillic words",
            said(f"{STEPS} \u0442\u043e \u0435\u0441\u0442\u044c \u0448\u0435\u0441\u0442\u044c The answer is 6."),
            "fail",
        ),
        Case(
            "Greek is mathematics",
            said(f"{STEPS} \u03b1 + \u03b2 = \u03b3\u03b4\u03b5\u03b6. The answer is 6."),
            "pass",
        ),
        Case(
            "a quoted name",
            said(f'{STEPS} He is "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440 \u0418\u0432". So 6.'),
            "pass",
        ),
        Case("code", said(f"{STEPS} ```\nprint('\u4f60\u597d\u4e16\u754c\u4f60\u597d')\n``` The answer is 6."), "pass"),
        Case(
            "the question is mixed",
            said(
                f"{STEPS} \u6240\u4ee5\u6211\u4eec\u5f97\u5230\u516d",
                problem=Problem(id="p", text="Translate \u6211\u4eec into English.", reference=None),
            ),
            "pass",
        ),
        Case(
            "all in another language",
            said("\u5148\u7b97\u4e00\u534a\uff0c\u5341\u4e8c\u9664\u4ee5\u4e8c\u662f\u516d\u3002\u7b54\u6848 6\u3002"),
            "pass",
        ),
    ],
    "refusal": [
        Case("sound", trace(), "pass"),
        Case("sorry, can't", said("I'm sorry, but I can't help with that request."), "fail", "refuses: "),
        Case("a typographic apostrophe", said("I\u2019m sorry, but I can\u2019t assist with that."), "fail"),
        Case("as an AI", said("As an AI language model, I don't have access to the eggs."), "fail"),
        Case("unable to", said("I am unable to provide an answer to this question."), "fail"),
        Case("sorry for a slip", said("I'm sorry, I made a slip above: 12 / 2 is 6. The answer is 6."), "pass"),
        Case(
            "a person in the story", said("Ann can't help her brother, so she counts alone. The answer is 6."), "pass"
        ),
        Case("late in the text", said("Half of 12 is 6. " * 40 + "I cannot help but smile."), "pass"),
    ],
    "leaked_reference": [
        Case("sound", trace(), "pass"),
        Case(
            "the reference solution", trace(reasoning="As the reference solution says, it is 6."), "fail", "reference"
        ),
        Case("the answer key", trace(response="According to the answer key it is 6."), "fail"),
        Case("the given answer", trace(reasoning="My result matches the given answer."), "fail", "given answer"),
        Case("what an answer should be", trace(reasoning="The expected answer is an integer, so 6."), "pass"),
        Case("another answer that it matches", trace(reasoning="This matches the answer above, so 6."), "pass"),
        Case("an answer of its own", trace(reasoning="So the answer is 6, and the solution is complete."), "pass"),
        Case("a salt solution", trace(reasoning="The saline solution holds 6 g, so the answer is 6."), "pass"),
        Case(
            "the question speaks of it",
            trace(
                problem=Problem(id="p", text="Is the given answer 6 right?"),
                reasoning="The given answer is right, since half of 12 is 6.",
            ),
            "pass",
        ),
        Case(
            "repeats its instructions",
            trace(
                messages=(Message(role="user", content=f"How many?\n\n{ZERO_SHOT}"),), reasoning=f"{ZERO_SHOT} I will."
            ),
            "fail",
            "repeats its instructions",
        ),
        Case(
            "repeats the question",
            trace(messages=(Message(role="user", content=LONG),), problem=Problem(id="p", text=LONG), reasoning=LONG),
            "pass",
        ),
    ],
    "special_tokens": [
        Case("sound", trace(), "pass"),
        Case("end of turn", said("The answer is 6.<|im_end|>"), "fail", "<|im_end|>"),
        Case("a channel", trace(reasoning="<|channel|>analysis We add."), "fail", "<|channel|>"),
        Case("full-width bars", said("The answer is 6.<\uff5cend\u2581of\u2581sentence\uff5c>"), "fail"),
        Case("an instruction mark", said("[INST] How many? [/INST] The answer is 6."), "fail", "[INST]"),
        Case("end of sequence", said("The answer is 6.</s>"), "fail", "</s>"),
        Case("comparisons", said("If a <b| and |c> d, then [a, b] holds and x < s > y. The answer is 6."), "pass"),
        Case("struck out in HTML", said("It is <s>7</s> 6. The answer is 6."), "pass"),
        Case("a turn begins", said("<s> [INST] How many? The answer is 6."), "fail", "<s>"),
        Case("a list of indices", said("See [1], [INS] and [A]. The answer is 6."), "pass"),
        Case("tags of HTML", said("Put <strong>6</strong> into <span>. The answer is 6."), "pass"),
    ],
    "broken_text": [
        Case("sound", trace(), "pass"),
        Case("a replacement character", said("The caf\ufffd has 6 eggs. The answer is 6."), "fail", "replacement"),
        Case("NUL", said("The answer is\x00 6."), "fail", "NUL"),
        Case("a lone surrogate", trace(reasoning="So \ud83d we add."), "fail", "surrogate"),
        Case("UTF-8 read as Latin-1", said("The caf\u00c3\u00a9 has 6 eggs. The answer is 6."), "fail", "Latin-1"),
        Case("a quotation read as Latin-1", said("It\u00e2\u20ac\u2122s 6 eggs. The answer is 6."), "fail", "Latin-1"),
        Case("Cyrillic read as Latin-1", said("The \u00d0\u00bf\u00d1\u0080\u00d0\u00b8 is 6."), "fail", "Latin-1"),
        Case("LaTeX read with JSON's escapes", said("So \x0crac{12}{2} = 6. The answer is 6."), "fail", "form feed"),
        Case("quotation marks of French", said("Le caf\u00e9\u00a0\u00bb a 6 \u0153ufs. The answer is 6."), "pass"),
        Case("accents", said("The caf\u00e9 on \u00c2ge street has na\u00efve \u00c3 eggs. The answer is 6."), "pass"),
        Case(
            "emoji and mathematics",
            said("\U0001f95a \u2260 \U0001f414, but \u222bx dx \u2264 6. The answer is 6."),
            "pass",
        ),
    ],
    "too_long": [
        Case("short", trace(), "pass"),
        Case("as many as the bound", counted(16_384, None), "pass"),
        Case("one more", counted(16_385, None), "fail", "16,385 tokens by the server's count"),
        Case("a lower bound", counted(65, None), "fail", parameters={"max_tokens": 64}),
        Case("as many bytes as four tokens", said("6" * 16), "pass", parameters={"max_tokens": 4}),
        Case("one byte more", said("6" * 17), "fail", "5 tokens by estimate", {"max_tokens": 4}),
        Case("thinking counts", trace(reasoning="6" * 9, response="6" * 8), "fail", parameters={"max_tokens": 4}),
    ],
}
