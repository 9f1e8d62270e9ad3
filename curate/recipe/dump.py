"""A recipe written out with every default filled in."""

import io

from ruamel.yaml import YAML

from curate.recipe.shape import Recipe


def resolved_yaml(recipe: Recipe) -> bytes:
    """Return a recipe as YAML that loads to the same recipe."""
    plain = recipe.model_dump(mode="json", by_alias=True, exclude_none=True)
    if "checks" in plain:
        plain["checks"] = [
            {check["name"]: check["parameters"]} if check["parameters"] else check["name"] for check in plain["checks"]
        ]
    stream = io.BytesIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.dump(plain, stream)
    return stream.getvalue()
