"""Datasets, versions and sources of reasoning-gym that are refused; these run without the extra."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from curate.answers.scored import scored
from curate.errors import RecipeError
from curate.gym import entries
from curate.gym.entries import numbered, source_of
from curate.gym.sets import measured_sets
from curate.recipe import load_text
from curate.records import Problem
from tests.recipes.cases import planned

RECIPE = "name: gym\nproblems: {from: gym, datasets: {DATASET: 3}}\nteacher: {model: builtin/solver}\n"


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make believe that the extra is not installed, whether it is or not."""

    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(entries, "version", version)
    entries.require_installed.cache_clear()


@pytest.mark.usefixtures("absent")
def test_absent_extra_is_named() -> None:
    """Without the extra a recipe that needs it says how to install it, and where it is needed."""
    with pytest.raises(RecipeError, match=r"r\.yaml:2.*pip install 'curate\[gym\]'"):
        planned(RECIPE.replace("DATASET", "basic_arithmetic"))


@pytest.mark.usefixtures("absent")
def test_rows_without_the_extra() -> None:
    """A row of such a problem is undecided without the extra, and says so: a file must not stop `filter`."""
    row = Problem(id="1", text="1 + 1 =", reference="2", source=source_of("basic_arithmetic", 1, 0))
    verdict = scored(row, "2")
    assert verdict is not None
    assert verdict.sameness == "undecided"
    assert "pip install 'curate[gym]'" in verdict.why


def test_other_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version than was measured makes other problems and is refused."""
    monkeypatch.setattr(entries, "version", lambda _: "99.0")
    entries.require_installed.cache_clear()
    with pytest.raises(RecipeError, match=r"reasoning-gym 99\.0 is installed.*alone"):
        planned(RECIPE.replace("DATASET", "basic_arithmetic"))
    entries.require_installed.cache_clear()


@pytest.mark.parametrize("dataset", measured_sets().refused)
def test_refused_by_name(dataset: str) -> None:
    """A dataset that is not sound is refused with what was measured, before anything is asked."""
    with pytest.raises(RecipeError) as error:
        planned(RECIPE.replace("DATASET", dataset))
    assert f"{dataset} is refused: {measured_sets().refused[dataset]}" in str(error.value)


def test_unknown_dataset() -> None:
    """A name with a typing error is answered with the nearest one."""
    with pytest.raises(RecipeError, match="did you mean 'basic_arithmetic'"):
        planned(RECIPE.replace("DATASET", "basic_aritmetic"))


def test_datasets_count_from_one() -> None:
    """No problems of a dataset are no wish."""
    with pytest.raises(RecipeError, match="basic_arithmetic"):
        load_text(RECIPE.replace("DATASET: 3", "basic_arithmetic: 0"), name="r.yaml", base=Path())


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(None, id="none"),
        pytest.param("gym:", id="nothing named"),
        pytest.param("gym:../x:1:2", id="path"),
        pytest.param("gym:game_of_life_halting:1:2", id="refused"),
        pytest.param("gym:os:1:2", id="no dataset"),
        pytest.param("gym:basic_arithmetic:1:" + "9" * 10_000, id="huge number"),
        pytest.param("builtin:syllogism:1:2:3", id="of a family"),
    ],
)
def test_hostile_sources(source: str | None) -> None:
    """A source that names no sound dataset is compared like any other row."""
    assert numbered(source) is None
