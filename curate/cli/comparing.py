"""`curate compare`."""

import click

from curate.cli.output import give
from curate.errors import UsageError
from curate.escaping import safe


@click.command(
    short_help="Say whether two answers are the same.",
    context_settings={"ignore_unknown_options": True},  # `-5` is an answer
)
@click.argument("gold", required=False, metavar="GOLD")
@click.argument("answer", required=False, metavar="ANSWER")
@click.option(
    "--type", "answer_type", metavar="TYPE", help="What the answer is asked to be, such as percent or choice."
)
@click.option(
    "--file", "path", metavar="PAIRS.jsonl", help="Compare each row's `gold` and `answer`; one line of JSON each."
)
@click.option("--json", "as_json", is_flag=True, help="Print verdict, rule and readings as one JSON object on stdout.")
def compare(gold: str | None, answer: str | None, answer_type: str | None, path: str | None, *, as_json: bool) -> None:
    """Say whether two answers are the same.

    Prints `same`, `different` or `undecided`, the rule that decided, and how both were read. GOLD is the reference;
    ANSWER may be a whole response, whose answer is found first. Types are listed when an unknown one is given; with
    python_function GOLD is tests, which are run with the answer's code in the sandbox. The exit code tells whether the
    comparison was made, not how it came out: a row of a file that holds no pair is undecided, says why, and makes it 2.
    """
    from curate.pipeline.comparing import compare_file, compare_texts, known_type

    type_ = known_type(answer_type)
    if path is not None:
        if gold is not None:
            raise UsageError("give GOLD and ANSWER, or --file, not both")
        for row in compare_file(path, type_):
            give(row)
        return
    if gold is None or answer is None:
        raise UsageError("give GOLD and ANSWER, or --file PAIRS.jsonl")
    compared, verdict = compare_texts(gold, answer, type_)
    if as_json:
        give(compared)
        return
    click.echo(f"{compared.verdict} ({verdict.by})")
    click.echo(safe(f"  gold    {compared.gold}\n  answer  {compared.answer}"))
