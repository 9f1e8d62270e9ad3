"""A recipe written out with every default filled in, so that it runs again from where it is written."""

import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from curate.recipe.checks import CheckUse, written
from curate.recipe.problems import PATHS
from curate.recipe.shape import OUTPUT_PATHS, Recipe


def resolved_yaml(
    recipe: Recipe, checks: Sequence[CheckUse], base: Path, folder: Path, plugins: Sequence[str] = ()
) -> bytes:
    """Return a recipe as YAML.

    Args:
        recipe: The recipe.
        checks: Its checks with all their parameters, the default list where it names none.
        base: The folder that its paths are relative to.
        folder: Where the result is going to stand; its paths are made relative to that.
        plugins: Its plugins as they are called from there.
    """
    plain = recipe.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["checks"] = [written(check.name, check.parameters) for check in checks]
    for problems in plain["problems"]:
        for key in PATHS & problems.keys():
            problems[key] = moved(problems[key], base, folder)
        if "checks" in problems:
            problems["checks"] = [written(**check) for check in problems["checks"]]
    for output in plain["output"]:
        for key in OUTPUT_PATHS & output.keys():
            output[key] = moved(output[key], base, folder)
    plain["plugins"] = list(plugins)
    if (base / plain.get("schema", "")).is_file():
        plain["schema"] = moved(plain["schema"], base, folder)
    return _yaml(plain)


def moved(path: str, base: Path, folder: Path) -> str:
    """Return how a path that is relative to `base` is called from `folder`."""
    return path if Path(path).is_absolute() else Path(os.path.relpath(base / path, folder)).as_posix()


class _Representer(SafeRepresenter):
    """Quotes text with line breaks of Unicode: ruamel writes them bare, and reads them as spaces."""

    def represent_str(self, data: str) -> ScalarNode:
        style = '"' if _BREAKS.search(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_BREAKS = re.compile("[\x85\u2028\u2029]")
_Representer.add_representer(str, _Representer.represent_str)


def _yaml(plain: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.dump(plain, stream)
    return stream.getvalue()
