"""Kinds of parameters that mean more than their value."""

from typing import Annotated, Any, get_args

from pydantic import Field
from pydantic.fields import FieldInfo

Size = Annotated[int, Field(ge=1, le=4096), "size"]
"""A parameter that says how something is measured; it is no threshold, so no side of it is kept."""
Share = Annotated[float, Field(gt=0, le=1)]
Dataset = Annotated[str, "dataset"]
"""A parameter that names a folder or file of traces, relative to the recipe."""
Benchmarks = Annotated[str | list[str], "benchmarks"]
"""A parameter that names benchmarks, or files of questions relative to the recipe."""
LocalFile = Annotated[str, "file"]
"""A parameter that names a file of this machine, relative to the recipe; the check is given its path."""
Given = Annotated[Any, "given"]
"""A parameter that the pipeline gives, and no recipe: what it has made of another one."""


def marks(field: FieldInfo) -> list[Any]:
    """Return the marks of a parameter's type, also where the parameter may be absent."""
    options = (field.annotation, *get_args(field.annotation))
    return [*field.metadata, *(mark for option in options for mark in getattr(option, "__metadata__", ()))]
