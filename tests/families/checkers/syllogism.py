"""Checks `syllogism` by reading the claims out of the text and searching all worlds of its groups."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from curate.families.base import Solution
from curate.families.categorical import Puzzle

PATTERNS = (
    ("all", r"\ball (?P<s>\w+) are (?P<p>\w+)"),
    ("all", r"\b(?:every|each|any) (?P<s>\w+) is an? (?P<p>\w+)"),
    ("all", r"\b(?P<s>\w+) are always (?P<p>\w+)"),
    ("all", r"\bonly (?P<p>\w+) are (?P<s>\w+)"),
    ("all", r"\bbeing an? (?P<s>\w+) always means being an? (?P<p>\w+)"),
    ("no", r"\bno (?P<s>\w+) are (?P<p>\w+)"),
    ("no", r"\b(?:no|not a single) (?P<s>\w+) is an? (?P<p>\w+)"),
    ("no", r"\b(?P<s>\w+) are never (?P<p>\w+)"),
    ("no", r"\bbeing an? (?P<s>\w+) rules out being an? (?P<p>\w+)"),
    ("some", r"\b(?:some|one or more) (?P<s>\w+) are (?!not )(?P<p>\w+)"),
    ("some", r"\bat least one (?P<s>\w+) (?:that )?is an? (?P<p>\w+)"),
    ("some_not", r"\b(?:some|one or more) (?P<s>\w+) are not (?P<p>\w+)"),
    ("some_not", r"\bat least one (?P<s>\w+) (?:that )?is not an? (?P<p>\w+)"),
)
CLAIMS = [(form, re.compile(pattern, re.IGNORECASE)) for form, pattern in PATTERNS]
NEGATION = {"all": "some_not", "some_not": "all", "no": "some", "some": "no"}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
CITATION = re.compile(rf"premise (\d)|({'|'.join(ORDINALS)}) premise", re.IGNORECASE)
OPEN = re.compile(r"(whether|not mean that|, not that|infer from it that|not said that) $")
RECALLED = re.compile(r"(assum\w+|suppos\w+) that $")
PERSON = re.compile(
    r"\b(?!Here|This|That|There)(?P<name>[A-Z]\w+)(?:,(?: who)?)? (?:is|be|would be|being) "
    r"(?P<what>(?:not |both )?an? \w+(?: (?:and|but not) an? \w+)?)"
)
MEMBER = re.compile(
    r"([A-Z]\w+), who (?:is ((?:an? \w+(?:, | and )?)+) and nothing else|belongs to none of the groups)"
)


class Said(NamedTuple):
    """A claim as read from a text."""

    form: str
    subject: str
    predicate: str


Type = frozenset[str]
"""The groups to which one individual belongs."""


def recompute(puzzle: Puzzle, text: str) -> str:
    """Search the worlds in which the premises of the text hold for one in which its conclusion fails."""
    *premises, conclusion = [claim for _, claim in _claims(text)]
    return "yes" if _entailed(premises, conclusion) else "no"


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return claims and facts that do not follow, wrong citations, worlds that prove nothing and a wrong answer."""
    *premises, conclusion = [claim for _, claim in _claims(text)]
    found = [f"wrong citation: {line}" for line in _lines(solution) if not _cites_well(line, premises)]
    if solution.answer != recompute(puzzle, text):
        found.append(f"the answer is not {solution.answer}")
    if MEMBER.search(" ".join(solution.steps)):
        return found + _claim_faults(solution, premises, conclusion) + _world_faults(solution, premises, conclusion)
    return found + _claim_faults(solution, premises, None) + _person_faults(solution, premises)


def _claims(text: str) -> list[tuple[int, Said]]:
    found = [
        (match.start(), Said(form, _singular(match["s"]), _singular(match["p"])))
        for form, pattern in CLAIMS
        for match in pattern.finditer(text)
    ]
    return sorted(found)


def _singular(noun: str) -> str:
    return re.sub(r"men$", "man", re.sub(r"s$", "", noun.lower()))


def _lines(solution: Solution) -> list[str]:
    return [line for step in solution.steps for line in re.split(r"(?<=\.) ", step)]


def _types(claims: Sequence[Said], groups: Iterable[str]) -> Iterator[Type]:
    """Yield every kind of individual that the universal claims allow."""
    names = sorted(groups)
    for inside in product((True, False), repeat=len(names)):
        kind = frozenset(name for name, member in zip(names, inside, strict=True) if member)
        if not any(_fits(kind, claim) for claim in map(_negated, claims) if claim.form.startswith("some")):
            yield kind


def _negated(claim: Said) -> Said:
    return claim._replace(form=NEGATION[claim.form])


def _fits(kind: Type, claim: Said) -> bool:
    """Return whether such an individual makes an existential claim true."""
    return claim.subject in kind and (claim.predicate in kind) == (claim.form == "some")


def _entailed(premises: Sequence[Said], conclusion: Said) -> bool:
    claims = [*premises, _negated(conclusion)]
    kinds = list(_types(claims, {group for claim in claims for group in claim[1:]}))
    return not all(any(_fits(kind, claim) for kind in kinds) for claim in claims if claim.form.startswith("some"))


def _forced(premises: Sequence[Said], facts: dict[str, bool], group: str) -> bool | None:
    """Return what the premises say of an individual's being in a group, given some facts; None if nothing."""
    groups = {name for claim in premises for name in claim[1:]} | set(facts) | {group}
    kinds = _types(premises, groups)
    answers = {group in kind for kind in kinds if all((name in kind) == inside for name, inside in facts.items())}
    return answers.pop() if len(answers) == 1 else None


def _cites_well(line: str, premises: Sequence[Said]) -> bool:
    """Return whether a sentence that cites a premise repeats what the premise claims."""
    claims = [_canonical(claim) for _, claim in _claims(line)]
    for number, ordinal in CITATION.findall(line):
        at = int(number) - 1 if number else ORDINALS.index(ordinal.lower())
        if _canonical(premises[at]) not in claims:
            return False
    return True


def _canonical(claim: Said) -> Said:
    groups = sorted(claim[1:]) if claim.form in ("no", "some") else claim[1:]
    return Said(claim.form, *groups)


def _claim_faults(solution: Solution, premises: Sequence[Said], denied: Said | None) -> list[str]:
    found = []
    for line in _lines(solution):
        for start, claim in _claims(line):
            is_open = bool(OPEN.search(line[:start]))
            allowed = denied is not None and "conclusion" in line and _canonical(claim) == _canonical(denied)
            if _entailed(premises, claim) == is_open and not allowed:
                found.append(f"{'not open' if is_open else 'not entailed'}: {claim} in {line}")
    return found


def _person_facts(line: str) -> Iterator[tuple[str, dict[str, bool]]]:
    """Yield the words before each statement about a named individual, and what it says."""
    for match in PERSON.finditer(line):
        words = re.findall(r"(not )?an? (\w+)", match["what"])
        yield line[: match.start()], {group: not negative for negative, group in words}


def _person_faults(solution: Solution, premises: Sequence[Said]) -> list[str]:
    """Follow the individual: each fact must be forced by a single premise and the facts before it."""
    groups = {group for claim in premises for group in claim[1:]}
    first, *later = solution.steps
    known: dict[str, bool] = {}
    for _, facts in _person_facts(first):
        known |= facts
    known = known or {group: True for group in groups if re.search(rf"\b{group}\b", first)}
    supposed, found = dict(known), []
    for line in _lines(Solution(steps=tuple(later), answer="")):
        for before, facts in _person_facts(line):
            for group, inside in facts.items():
                fault = _fact_fault(before, (group, inside), known, supposed, premises)
                found += [f"{fault}: {group}={inside} in {line}"] if fault else []
                known.setdefault(group, inside)
    return found


def _fact_fault(
    before: str, fact: tuple[str, bool], known: dict[str, bool], supposed: dict[str, bool], premises: Sequence[Said]
) -> str:
    group, inside = fact
    if RECALLED.search(before):
        return "" if supposed.get(group) == inside else "not supposed"
    others = {name: member for name, member in known.items() if name != group or member == inside}
    forced = {_forced([premise], others, group) for premise in premises}
    if OPEN.search(before):
        return "not open" if forced != {None} else ""
    return "" if inside in forced else "not forced"


def _world_faults(solution: Solution, premises: Sequence[Said], conclusion: Said) -> list[str]:
    text = " ".join(solution.steps)
    world = {name: frozenset(re.findall(r"an? (\w+)", groups)) for name, groups in MEMBER.findall(text)}
    found = [f"fails in {world}: {claim}" for claim in premises if not _holds(claim, world)]
    if _holds(conclusion, world):
        found.append(f"the conclusion holds in {world}")
    for line in _lines(solution):
        claims = [_canonical(claim) for _, claim in _claims(line)]
        if re.search(r"\b[Tt]he conclusion(?:,| says that) ", line) and _canonical(conclusion) not in claims:
            found.append(f"not the conclusion: {line}")
    if len(set(CITATION.findall(text.lower()))) != len(premises):
        found.append("not every premise is looked at")
    found += [
        f"untrue verdict: {line}" for line in _lines(solution) if re.search(r"broken|fails there|ruled out", line)
    ]
    found += [f"untrue verdict: {line}" for line in _lines(solution) if re.search(r"as true|as well|, too", line)]
    return found + [f"untrue in {world}: {line}" for line in _lines(solution) if not _true_reasons(line, world)]


def _holds(claim: Said, world: dict[str, Type]) -> bool:
    if claim.form in ("all", "no"):
        return not _holds(_negated(claim), world)
    return any(_fits(kind, claim) for kind in world.values())


def _true_reasons(line: str, world: dict[str, Type]) -> bool:
    """Return whether what a sentence says of the members of the world is so."""
    if MEMBER.search(line):
        return True
    checks = [
        match["name"] in world and (group in world[match["name"]]) != bool(negative)
        for match in PERSON.finditer(line)
        for negative, group in re.findall(r"(not )?an? (\w+)", match["what"])
    ]
    checks += [not any(group in kind for kind in world.values()) for group in re.findall(r"no (\w+) at all", line)]
    checks += [
        not any({one, other} <= kind for kind in world.values())
        for one, other in re.findall(r"nobody is both an? (\w+) and an? (\w+)", line)
    ]
    agreeing = re.findall(r"([A-Z]\w+(?:(?:, | and )[A-Z]\w+)*), the only (\w+), (?:is an?|are) (\w+)", line)
    checks.append(len(agreeing) == line.count(", the only "))
    for names, group, other in agreeing:
        owners = {name for name, kind in world.items() if _singular(group) in kind}
        named = set(re.findall(r"[A-Z]\w+", names)) & set(world)
        checks.append(owners == named and all(_singular(other) in world[name] for name in named))
    return all(checks)


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of premises."""
    return len(puzzle.premises)
