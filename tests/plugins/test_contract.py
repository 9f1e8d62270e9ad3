"""`curate checks test` finds whatever promise a check breaks."""

from pathlib import Path

import pytest

from curate.checks.plugins import checks_of, plugin_in
from curate.pipeline.contract import PROMISES, faults_of_check
from tests.commands.running import curate
from tests.plugins.files import SORRY


def test_a_sound_plugin(tmp_path: Path) -> None:
    """`checks test` says of a sound plugin that it is, with the number of its cases."""
    (tmp_path / "mine.py").write_text(SORRY)
    done = curate("checks", "test", "mine.py", cwd=tmp_path)
    assert (done.code, done.stdout) == (0, "apologies: 3 cases, sound\n")
    assert "loading plugin mine.py (sha256 " in done.stderr


BODY = "    times = trace.chain"
BROKEN = {
    "says_what_its_cases_say": (
        [('"pass", parameters', '"fail", parameters')],
        "case 'one may be': pass instead of fail",
    ),
    "another reason": ([('"sorry 1 times"', '"once"')], "the reason is 'says sorry 1 times', without 'once'"),
    "has_cases_on_both_sides": (
        [('"fail", "sorry 1 times"', '"pass", parameters={"max_times": 2}')],
        "apologies has no case with the outcome fail",
    ),
    "explains_itself": ([("says sorry.\n", "says sorry\n")], "does not begin with a sentence"),
    "an unexplained parameter": ([("max_times: How often it may", "How often it may")], "does not explain max_times"),
    "names_thresholds_by_their_side": (
        [('threshold="max_times",', ""), ("max_times", "times_allowed")],
        "the number times_allowed does not say which side is kept; call it min_times_allowed or max_times_allowed",
    ),
    "fails_only_beyond_its_threshold": (
        [("value=times)\n    return", "value=0)\n    return")],
        "case 'one' fails with 0, which max_times 0 allows",
    ),
    "no measure of a pass": (
        [('(outcome="pass", value=times)', '(outcome="pass")')],
        "gives no case that passes its measure, so max_times cannot be tuned",
    ),
    "looks_at_no_label": (
        [(BODY, '    if trace.extra.get("label"):\n        return None\n' + BODY)],
        "the verdict changes with `origin` or `extra`",
    ),
    "looks at the file": (
        [(BODY, "    if trace.origin.file:\n        return None\n" + BODY)],
        "the verdict changes with `origin` or `extra`",
    ),
    "says_the_same_again": (
        [("\nQ =", "\nSEEN = []\nQ ="), (BODY, "    SEEN.append(1)\n    if len(SEEN) > 7: return None\n" + BODY)],
        "says one thing now and another later",
    ),
    "hangs on the process": (
        [
            ("\nQ =", "\nimport os\nSTARTED = os.getpid()\nQ ="),
            ('reason=f"says', 'reason=f"{STARTED} says'),
        ],
        "says one thing now and another later",
    ),
    "takes_linear_time": (
        [(BODY, "    sum(trace.chain.count('(', n) for n in range(0, len(trace.chain), 4))\n" + BODY)],
        "does not take linear time",
    ),
    "takes for ever": (
        [(BODY, "    import re\n    re.search(r'(a+)+$', trace.chain + '!')\n" + BODY)],
        "apologies took more than 5 seconds for 65,536 characters of 'a'",
    ),
    "raises": ([(BODY, "    1 / 0\n" + BODY)], "apologies raised ZeroDivisionError"),
    "a case that is no row": ([('{"question": Q, "output": "Sorry! 4."}', '{"a": 1}')], "the row is no trace: "),
}


@pytest.mark.parametrize("changes,said", BROKEN.values(), ids=BROKEN)
def test_a_broken_promise(tmp_path: Path, changes: list[tuple[str, str]], said: str) -> None:
    """Whatever promise a plugin's check breaks, `checks test` says which, and leaves with exit code 1."""
    plugin = SORRY
    for old, new in changes:
        assert old in plugin
        plugin = plugin.replace(old, new)
    (tmp_path / "mine.py").write_text(plugin)
    done = curate("checks", "test", "mine.py", cwd=tmp_path)
    assert done.code == 1, done.stderr
    assert said in done.stdout
    assert done.stdout.startswith("apologies: 3 cases, faulty\n")


def test_every_promise_can_be_broken() -> None:
    """The table of broken promises has one for each."""
    assert set(PROMISES) <= set(BROKEN)


def test_without_cases(tmp_path: Path) -> None:
    """A check without cases lacks them on both sides."""
    plain = 'import curate\n\n@curate.check\ndef odd(trace):\n    """The row is odd."""\n    return None\n'
    (tmp_path / "mine.py").write_text(plain)
    (check,) = checks_of(plugin_in(tmp_path, "mine.py")).values()
    assert list(faults_of_check(check, check.cases)) == [
        "odd has no case with the outcome pass",
        "odd has no case with the outcome fail",
    ]


@pytest.mark.parametrize(
    "words,said",
    [
        pytest.param([], "write `curate checks test FILE`", id="no file"),
        pytest.param(["a.py", "b.py"], "write `curate checks test FILE`", id="two files"),
        pytest.param(["gone.py"], "gone.py: there is no such Python file", id="missing"),
    ],
)
def test_wrong_usage(tmp_path: Path, words: list[str], said: str) -> None:
    """Without one file that is there, usage is wrong."""
    done = curate("checks", "test", *words, cwd=tmp_path)
    assert done.code == 2
    assert said in done.stderr
