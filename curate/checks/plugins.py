"""Checks of a user's own: marked with `@curate.check`, loaded from a file of the recipe's folder or an entry point.

The mark does not wrap the function, and nothing is entered anywhere by being marked: a plugin is asked what it holds.
"""

import hashlib
import importlib
import importlib.abc
import importlib.metadata
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TypeVar, overload

from pydantic import ValidationError

from curate.checks.guard import MAX_SECONDS, guarding
from curate.checks.registry import Case, Plugin, Registry, RowCheck, faults_of_shape
from curate.errors import PluginError
from curate.escaping import one_line
from curate.protocols import Notice
from curate.records import Finding

GROUP = "curate.plugins"
"""The entry point group: each entry names a module that holds marked functions."""
SUFFIX = ".py"

Judge = TypeVar("Judge", bound=Callable[..., Finding | None])
_MARK = "__curate_check__"


@overload
def check(function: Judge) -> Judge: ...
@overload
def check(
    *, cases: Iterable[Case] = (), threshold: str | None = None, max_seconds: float = MAX_SECONDS
) -> Callable[[Judge], Judge]: ...
def check(
    function: Judge | None = None,
    *,
    cases: Iterable[Case] = (),
    threshold: str | None = None,
    max_seconds: float = MAX_SECONDS,
) -> Judge | Callable[[Judge], Judge]:
    """Make a check of a function `(trace, *, parameters) -> Finding | None`; returns that very function.

    Args:
        function: The function, where the decorator is used without parentheses.
        cases: What it must say of which rows; `curate checks test FILE` holds it to them.
        threshold: The parameter that its measure is held against, such as `max_words`.
        max_seconds: How long it may look at one row before the work is stopped.

    Raises:
        TypeError: What is marked is no function.
    """

    def mark(marked: Judge) -> Judge:
        if not inspect.isfunction(marked):
            raise TypeError(f"a check is a function, not {marked!r}")
        setattr(marked, _MARK, RowCheck(marked, threshold, tuple(cases), max_seconds))
        return marked

    return mark if function is None else mark(function)


def marked(function: object) -> RowCheck | None:
    """Return the check that a function was made with `@curate.check`, or None."""
    found = getattr(function, _MARK, None)
    return found if isinstance(found, RowCheck) and found.judge is function else None


def find_plugins(references: Sequence[str], base: Path) -> Iterator[Plugin]:
    """Yield what a recipe's `plugins` mean; nothing of them is run yet.

    Args:
        references: Files (`./my_checks.py`), or names of entry points.
        base: The recipe's folder; a file must lie in it.

    Raises:
        PluginError: There is no such file or entry point, or the file lies elsewhere.
    """
    for reference in references:
        if reference.endswith(SUFFIX) or "/" in reference or "\\" in reference:
            yield plugin_in(base, reference)
        else:
            yield from _installed(reference)


def plugin_in(base: Path, reference: str) -> Plugin:
    """Return the plugin in a file of a folder: of that folder itself, whatever links and `..` there are on the way.

    Raises:
        PluginError: It is missing, no Python file, or lies elsewhere.
    """
    folder, path = base.resolve(), (base / reference).resolve()
    if Path(reference).is_absolute() or not path.is_relative_to(folder):
        raise PluginError(f"{reference}: a plugin is loaded only from the recipe's own folder")
    if path.suffix != SUFFIX or not path.is_file():
        raise PluginError(f"{reference}: there is no such Python file beside the recipe")
    name = path.relative_to(folder).as_posix()
    return Plugin(name=name, path=str(path), sha256=_sha256(_bytes_of(path, name)))


def installed_plugins() -> list[Plugin]:
    """Return the plugins of installed packages, in the order of their names."""
    return list(_installed(None))


def _installed(wanted: str | None) -> Iterator[Plugin]:
    entries = sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    found = [entry for entry in entries if wanted in {None, entry.name}]
    if wanted is not None and not found:
        known = ", ".join(entry.name for entry in entries) or "none"
        raise PluginError(f"no plugin {wanted!r} is installed; there are: {known}. A file is written ./{wanted}.py")
    for entry in found:
        spec = importlib.util.find_spec(entry.module)
        if spec is None or spec.origin is None:
            raise PluginError(f"{entry.name}: its module {entry.module} cannot be found")
        made_by = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.name
        path = Path(spec.origin)
        sha256 = _sha256(_bytes_of(path, made_by))
        yield Plugin(name=made_by, path=str(path), sha256=sha256, entry=entry.name, module=entry.module)


def load_plugins(plugins: Iterable[Plugin], ours: Registry, notice: Notice) -> Registry:
    """Return our checks and those of plugins.

    Args:
        plugins: Where to look; they are run if they were not yet.
        ours: The checks that come with curate; no plugin may call one of its own so.
        notice: Told of each plugin before it is run for the first time.

    Raises:
        PluginError: One cannot be loaded, holds no check, or one whose name is taken.
    """
    registry = dict(ours)
    for plugin in plugins:
        for name, found in checks_of(plugin, notice).items():
            other = registry.get(name, found)
            if other is not found:
                whose = other.plugin.name if isinstance(other, RowCheck) and other.plugin else "curate itself"
                raise PluginError(f"{plugin.name}: the name {name} is taken; {whose} has a check that is called so")
            registry[name] = found
    return registry


_LOADED: dict[Plugin, dict[str, RowCheck]] = {}
"""What has been run in this process, by its contents: as with modules, a second time is the first one again."""


def checks_of(plugin: Plugin, notice: Notice = lambda _: None) -> dict[str, RowCheck]:
    """Return the checks of a plugin, which is run if it was not yet.

    Raises:
        PluginError: It cannot be run, or holds no check, or is not any more what it was.
    """
    if plugin not in _LOADED:
        notice(f"loading plugin {one_line(plugin.name)} (sha256 {plugin.sha256[:12]})")
        _LOADED[plugin] = _checks_in(_run(plugin), plugin)
    return _LOADED[plugin]


def _checks_in(module: ModuleType, plugin: Plugin) -> dict[str, RowCheck]:
    found = [replace(one, plugin=plugin) for one in map(marked, vars(module).values()) if one is not None]
    if not found:
        raise PluginError(f"{plugin.name}: it holds no check; mark a function with @curate.check")
    for one in found:
        refuse_misshapen(one, plugin.name)
    return {one.name: one for one in found}


def refuse_misshapen(check: RowCheck, where: str) -> None:
    """Check that a function of a user's own can be a check.

    Raises:
        PluginError: It cannot; says why.
    """
    fault = next(faults_of_shape(check), None)
    if fault is not None:
        raise PluginError(f"{where}: {fault}")
    try:
        check.parameters.model_validate({})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise PluginError(f"{where}: the default of {check.name}'s {detail['loc'][0]}: {detail['msg']}") from None
    except Exception as error:  # noqa: BLE001 - pydantic and the annotations of others raise whatever they like
        raise PluginError(f"{where}: the parameters of {check.name} have no usable types: {error}") from None


class _Source(importlib.abc.SourceLoader):
    """Runs the very bytes that were hashed, and leaves no compiled file beside them."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 - the loader's own interface
        return self.path

    def get_data(self, path: str | bytes) -> bytes:  # noqa: ARG002 - likewise
        return self.data


def _run(plugin: Plugin) -> ModuleType:
    """Run a plugin as a module of its own."""
    data = _bytes_of(Path(plugin.path), plugin.name)
    if _sha256(data) != plugin.sha256:
        raise PluginError(f"{plugin.name}: changed while it was in use; start again")
    with guarding(plugin.name, plugin.path, "could not be loaded: it", MAX_SECONDS):
        if plugin.module:
            return importlib.import_module(plugin.module)
        name = f"curate_plugin_{plugin.sha256}"
        spec = importlib.util.spec_from_loader(name, _Source(plugin.path, data), origin=plugin.path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # annotations, dataclasses and pickle look there
        spec.loader.exec_module(module)
        return module


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PluginError(f"{name}: cannot be read: {error.strerror}") from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
