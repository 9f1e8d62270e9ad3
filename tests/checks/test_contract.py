"""What every check promises, asked of every check that is registered."""

import inspect
from typing import Any

import msgspec
import pytest

from curate.checks import CHECKS, DEFAULT_CHECKS, Check, RowCheck
from curate.pipeline.plan import PlannedCheck
from curate.records import Finding, Origin
from curate.schemas import Schema
from tests.checks.cases import CASES, Case, trace

checks = pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))


def parameters_of(case: Case) -> dict[str, Any]:
    """Return a case's parameters, its schema made one."""
    return {key: Schema(value) if key == "schema" else value for key, value in case.parameters.items()}


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
    finding = check.judge(case.trace, **parameters_of(case)) or Finding(outcome="pass")
    assert finding.outcome == case.outcome, finding.reason
    assert case.reason in finding.reason
    assert finding.outcome == "pass" or finding.reason


@pytest.mark.parametrize("check,case", row_cases())
def test_origin_and_extra_change_nothing(check: RowCheck, case: Case) -> None:
    """A verdict does not depend on where a row comes from, on its label, or on columns that are nobody's."""
    labelled = msgspec.structs.replace(
        case.trace, origin=Origin(file="f", line=1, fault=check.name), extra={"label": check.name}
    )
    assert check.judge(labelled, **parameters_of(case)) == check.judge(case.trace, **parameters_of(case))


@checks
def test_has_cases_on_both_sides(check: Check) -> None:
    """Every row check has cases that pass and cases that fail."""
    if isinstance(check, RowCheck):
        outcomes = {case.outcome for case in CASES[check.name]}
        assert {"pass", "fail"} <= outcomes


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
    """A numeric parameter says which side of it is kept."""
    for name, field in check.parameters.model_fields.items():
        if field.annotation in {int, float}:
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
