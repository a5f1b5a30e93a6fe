"""Loads plug-ins: Python files and modules that ``dss.toml`` names, entry points of other distributions."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import DssError, InputError
from dss_tokens.registry import Registry
from dss_tokens.source import Span

from .. import files

_loaded: dict[Path | str, list[tuple[Registry[Any], str]]] = {}
"""Plug-in -> what it entered, so that a plug-in that changed can be read again."""

_METHODS = {"dialect": ("recognises", "read")}
"""What an entry that is a class has to offer."""

_current: list[list[tuple[Registry[Any], str]]] = []
_wanted: frozenset[Path | str] = frozenset()
"""The plug-ins of the project that was loaded last."""

_OWN = Path(__file__).parent.parent.parent


def load(plugins: tuple[str, ...], root: Path) -> list[Path]:
    """Loads each once; gives the files among them.

    Args:
        plugins: Names of modules, or paths relative to *root* of files that end in ``.py``.
        root: The project's folder.

    Raises:
        InputError: One cannot be found, or fails.
    """
    global _wanted
    _wanted = frozenset((root / name).absolute() if name.endswith(".py") else name for name in plugins)
    opened = []
    for name in plugins:
        if name.endswith(".py"):
            path = (root / name).absolute()
            opened.append(path)
            if path not in _loaded:
                _entering(path, lambda path=path: _run(path))  # type: ignore[misc]
        elif name not in _loaded:
            _entering(name, lambda name=name: import_module(name))  # type: ignore[misc]
    return opened


def forget(paths: Collection[Path | str]) -> None:
    """Takes back what the plug-ins at *paths* entered, so that :func:`load` reads them again."""
    for path in paths:
        for registry, name in _loaded.pop(path, []):
            registry.remove(name)


def entered(registry: Registry[Any]) -> list[str]:
    """The names that plug-ins of the project entered into *registry*."""
    return [name for names in _loaded.values() for other, name in names if other is registry]


def _entering(key: Path | str, run: Callable[[], object]) -> None:
    entered: list[tuple[Registry[Any], str]] = []
    _current.append(entered)
    shown = files.shown(key) if isinstance(key, Path) else key
    try:
        run()
    except DssError:
        raise
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and error.name and f"{key}.".startswith(f"{error.name}."):
            hint = "a plug-in is a Python file (name.py, relative to dss.toml) or a module that is installed"
            message = f"there is no plug-in {key}"
            raise InputError(Diagnostic(code="DSS316", message=message, hint=hint, path="plugins")) from error
        for registry, name in entered:
            registry.remove(name)
        raise InputError(fault(f"the plug-in {shown} fails", error)) from error
    finally:
        _current.pop()
    _loaded[key] = entered


def _run(path: Path) -> None:
    """Runs a file as a module. Its bytecode is not kept: nothing is written beside people's files."""
    text = files.read(path).decode("utf-8")
    module = ModuleType(f"dss_plugin_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    exec(compile(text, str(path), "exec", dont_inherit=True), module.__dict__)


def enter(registry: Registry[Any], name: str, load: Callable[[], Any]) -> None:
    """Adds a plug-in's entry to *registry*; what it raises later becomes a diagnostic that names its place.

    Raises:
        InputError: The name is taken.
    """
    message = f"the {registry.kind} {name} fails"
    # A name may be taken by the plug-in of another project of this process: that one is loaded again when it is needed.
    forget(
        [key for key, names in _loaded.items() if key not in _wanted and _is_file(key) and (registry, name) in names]
    )
    try:
        registry.add(name, lambda: guarded(_complete(guarded(load, message)(), registry, name), message))
    except ValueError as error:
        raise InputError(Diagnostic(code="DSS316", message=str(error), hint="choose another name")) from error
    if _current:
        _current[-1].append((registry, name))


def _is_file(key: Path | str) -> bool:
    """Whether a plug-in can be run again; a module runs once."""
    return isinstance(key, Path)


def _complete(entry: Any, registry: Registry[Any], name: str) -> Any:
    missing = [method for method in _METHODS.get(registry.kind, ()) if not callable(getattr(entry, method, None))]
    if missing:
        message = f"the {registry.kind} {name} has no {' and no '.join(missing)}"
        raise InputError(Diagnostic(code="DSS316", message=message, hint=f"a {registry.kind} is a class with methods"))
    return entry


def entry_points(registries: Mapping[str, Registry[Any]]) -> None:
    """Adds what other distributions offer; nothing of it is imported before it is asked for."""
    from importlib.metadata import entry_points as found

    for group, registry in registries.items():
        for point in found(group=group):
            enter(registry, point.name, point.load)


def guarded(entry: Any, message: str) -> Any:
    """*entry*, a function or a class of functions; what they raise becomes a diagnostic."""
    if isinstance(entry, type):
        instance = entry()
        return _Guarded(instance, message)

    @wraps(entry)
    def call(*arguments: Any) -> Any:
        try:
            answer = entry(*arguments)
            return list(answer) if isinstance(answer, Iterator) else answer
        except DssError:
            raise
        except Exception as error:
            raise InputError(fault(message, error)) from error

    return call


class _Guarded:
    """An object of a plug-in whose methods are guarded."""

    def __init__(self, instance: Any, message: str) -> None:
        self._instance = instance
        self._message = message

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._instance, name)
        return guarded(found, self._message) if callable(found) else found


def fault(message: str, error: Exception) -> Diagnostic:
    """What a plug-in raised, at the line of its own code that did."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_ours(frame.filename)]
    text = f"{message}: {type(error).__name__}: {error}"
    if isinstance(error, SyntaxError) and error.filename:
        return Diagnostic(code="DSS316", message=text, file=files.shown(Path(error.filename)), span=_line(error.lineno))
    if not frames:
        return Diagnostic(code="DSS316", message=text)
    place = frames[-1]
    return Diagnostic(code="DSS316", message=text, file=files.shown(Path(place.filename)), span=_line(place.lineno))


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    ours = ("dss", "dss_tokens", "translators")
    return filename.startswith("<") or any(path.is_relative_to(_OWN / name) for name in ours)


def _line(number: int | None) -> Span | None:
    return None if number is None else Span(number, 1, number, 1)
