"""Templates of a user's own: what they may say, what they may not, and that they cost no more than they are long."""

import time

import pytest

from curate.errors import UsageError
from curate.prompts.template import FILTERS, MAX_CHARACTERS, compiled
from curate.recipe.shape import Shot
from curate.records import Problem

PROBLEM = Problem(id="p", text="What is {{ 3 }} * 4?", reference="12", domain="math", difficulty=2)
SHOTS = (Shot(problem="1 + 1?", solution="Two.", answer="2"), Shot(problem="2 + 2?", solution="Four."))

RENDERED: dict[str, tuple[str, str]] = {
    "the problem": ("Q: {{ problem }}\nA:", "Q: What is {{ 3 }} * 4?\nA:"),
    "a filter": ("{{ problem|upper }}", "WHAT IS {{ 3 }} * 4?"),
    "a condition": ("{% if domain == 'math' %}Compute. {% endif %}{{ problem }}", "Compute. What is {{ 3 }} * 4?"),
    "something missing": ("{{ family or 'any' }}: {{ problem|trim }}", "any: What is {{ 3 }} * 4?"),
    "a number": ("{% if difficulty > 1 %}Hard: {% else %}Easy: {% endif %}{{ problem }}", "Hard: What is {{ 3 }} * 4?"),
    "shots": (
        "{% for shot in shots %}{{ loop.index }}. {{ shot.problem }} {{ shot.solution }}\n{% endfor %}{{ problem }}",
        "1. 1 + 1? Two.\n2. 2 + 2? Four.\nWhat is {{ 3 }} * 4?",
    ),
}


@pytest.mark.parametrize("text,expected", RENDERED.values(), ids=list(RENDERED))
def test_rendering(text: str, expected: str) -> None:
    """A template says what it says; a problem that looks like a template is text."""
    assert compiled(text, SHOTS)(PROBLEM) == expected


REFUSED: dict[str, tuple[str, str]] = {
    "the reference": ("{{ problem }} {{ reference }}", "no variable 'reference'"),
    "a typing error": ("{{ problm }}", "no variable 'problm'; there are problem"),
    "no problem": ("Solve this.", "it never says {{ problem }}"),
    "not closed": ("{{ problem }", "line 1"),
    "on its line": ("{{ problem }}\n\n{% if %}", "line 3"),
    "an attribute of Python": ("{{ problem.__class__ }}", "no attribute '__class__'"),
    "a method": ("{{ problem.format }}", "no attribute 'format'"),
    "a call": ("{{ problem() }}", "Call is not let in"),
    "an item": ("{{ problem['__class__'] }}", "Getitem is not let in"),
    "a product": ("{{ problem * 1000000000 }}", "Mul is not let in"),
    "a power": ("{{ 9 ** 9 ** 9 }}{{ problem }}", "Pow is not let in"),
    "a concatenation": ("{{ problem ~ problem }}", "Concat is not let in"),
    "an assignment": ("{% set x = problem %}{{ x }}", "Assign is not let in"),
    "a range": ("{% for i in range(9) %}{{ problem }}{% endfor %}", "a loop goes over shots"),
    "letters": ("{% for letter in problem %}{{ letter }}{% endfor %}", "a loop goes over shots"),
    "a loop inside a loop": (
        "{% for a in shots %}{% for b in shots %}{{ problem }}{% endfor %}{% endfor %}",
        "no loop inside a loop",
    ),
    "a loop inside a condition inside a loop": (
        "{% for a in shots %}{% if a %}{% for b in shots %}{{ problem }}{% endfor %}{% endif %}{% endfor %}",
        "no loop inside a loop",
    ),
    "a filter that there is not": ("{{ problem|center(1000000000) }}", "no filter 'center'"),
    "a filter with a format": ("{{ problem|format(1) }}", "no filter 'format'"),
    "filters that grow together": ("{{ problem|tojson|tojson }}", "one filter at a time"),
    "a file": ("{% include '/etc/passwd' %}{{ problem }}", "Include is not let in"),
    "an import": ("{% import 'x' as x %}{{ problem }}", "Import is not let in"),
    "a macro": ("{% macro m() %}{% endmacro %}{{ problem }}", "Macro is not let in"),
    "too long a template": ("{{ problem }}" + "x" * 100_000, "more than 100,000 characters"),
}


@pytest.mark.parametrize("text,words", REFUSED.values(), ids=list(REFUSED))
def test_refused(text: str, words: str) -> None:
    """Whatever could reach beyond the text, tell the answer, or grow without bound is refused before it is used."""
    with pytest.raises(UsageError) as caught:
        compiled(text, SHOTS)
    assert words in str(caught.value)


def test_a_prompt_has_a_bound() -> None:
    """A problem and a template that together are too long for any model are an error, not a prompt."""
    with pytest.raises(UsageError, match="more than 1,000,000 characters"):
        compiled("{{ problem }}" * 10)(Problem(id="p", text="x" * (MAX_CHARACTERS // 5)))


@pytest.mark.parametrize("filter_", FILTERS)
def test_filters_are_linear(filter_: str) -> None:
    """Every filter takes a problem of 100,000 characters of any kind in well under a second."""
    argument = "('x')" if filter_ == "default" else ""
    render = compiled(f"{{{{ problem|{filter_}{argument} }}}}")
    start = time.perf_counter()
    for character in "a <\u00df\u0130\x00":
        render(Problem(id="p", text=character * 100_000))
    assert time.perf_counter() - start < 3
