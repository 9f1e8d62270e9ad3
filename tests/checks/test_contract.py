"""What every check promises, asked of every check that is registered."""

import inspect
from typing import Any

import pytest

from curate.checks import CHECKS, DEFAULT_CHECKS, Case, Check, RowCheck
from curate.checks.parameters import marks
from curate.pipeline.contract import PROMISES, says_what_its_cases_say
from curate.pipeline.filtering.planned import PlannedCheck
from tests.checks.cases import CASES, trace

checks = pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))


def row_cases() -> list[Any]:
    """Return every case of every row check, named."""
    return [
        pytest.param(CHECKS[check], case, id=f"{check}: {case.name}")
        for check, table in CASES.items()
        for case in table
    ]


@pytest.mark.parametrize("check,case", row_cases())
def test_case(check: RowCheck, case: Case) -> None:
    """A check says of each case what its table says, and gives the reason."""
    assert list(says_what_its_cases_say(check, [case])) == []


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if isinstance(check, RowCheck)])
def test_promise(name: str, promise: str) -> None:
    """Every row check keeps every promise that is asked of a user's own."""
    check = CHECKS[name]
    assert isinstance(check, RowCheck)
    assert list(PROMISES[promise](check, CASES[name])) == []


@checks
def test_has_words_and_defaults(check: Check) -> None:
    """Every check has a docstring that explains each of its parameters, and each parameter has a default."""
    assert check.summary.endswith(".")
    for name in check.parameters.model_fields:
        assert f"{name}: " in check.doc
    check.parameters.model_validate({})


@checks
def test_is_registered_unwrapped(check: Check) -> None:
    """The registered function is the one that its module exports."""
    module = inspect.getmodule(check.judge)
    assert getattr(module, check.name) is check.judge


@checks
def test_threshold_is_named_by_its_side(check: Check) -> None:
    """A numeric parameter says which side of it is kept, unless it is the size of what is measured."""
    for name, field in check.parameters.model_fields.items():
        if field.annotation in {int, float} and "size" not in marks(field):
            assert name.startswith(("min_", "max_"))


def test_default_checks_need_no_reference() -> None:
    """The default list holds structural checks alone, and they pass a sound trace."""
    for name in DEFAULT_CHECKS:
        check = CHECKS[name]
        assert isinstance(check, RowCheck)
        finding = check.judge(trace())
        assert finding is None or finding.outcome == "pass"


@pytest.mark.parametrize(
    "when,applies",
    [
        pytest.param({}, True, id="everywhere"),
        pytest.param({"domain": ["math"]}, False, id="another domain"),
        pytest.param({"domain": [None]}, True, id="no domain"),
        pytest.param({"difficulty": [1, 2], "domain": [None]}, False, id="all must hold"),
        pytest.param({"model": [None]}, True, id="the model"),
    ],
)
def test_when_limits_a_check(when: dict[str, list[Any]], *, applies: bool) -> None:
    """`when` lets a check look only at rows with the values it names."""
    assert PlannedCheck(name="truncated", when=when).applies_to(trace()) is applies
