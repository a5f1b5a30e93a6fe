"""Registries: a thing is found by its name, and adding a module to the package is the registration."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Generic, TypeVar

T = TypeVar("T")
F = TypeVar("F")

_CAPITAL = re.compile(r"(?<=[a-z0-9])[A-Z]")
_MODULE = re.compile(r"[a-z][a-z0-9_]*").fullmatch


class Registry(Generic[T]):
    """Built-in things of one kind, each in the module its name begins with.

    ``size/px`` is looked for in ``size.py``, ``ios-swift/any.swift`` in ``ios_swift.py``, ``fontFamily/css``
    in ``font_family.py``: only the module a name needs is imported.
    """

    def __init__(self, kind: str, package: str) -> None:
        self.kind = kind
        """What is registered, for messages: ``transform``, ``format`` …"""
        self._package = package
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> None:
        """Register *item*. Raises :class:`ValueError` for a name that is taken."""
        if name in self._items:
            raise ValueError(f"{self.kind} {name} is registered twice")
        self._items[name] = item

    def register(self, name: str) -> Callable[[F], F]:
        """A decorator that registers what it decorates."""

        def decorate(item: F) -> F:
            self.add(name, item)  # type: ignore[arg-type]
            return item

        return decorate

    def get(self, name: str) -> T | None:
        """What is registered under *name*, or ``None``."""
        if name not in self._items:
            self._load(module_of(name))
        return self._items.get(name)

    def names(self) -> list[str]:
        """Every registered name, sorted. Imports the whole package."""
        from pkgutil import iter_modules

        for module in iter_modules(import_module(self._package).__path__):
            self._load(module.name)
        return sorted(self._items)

    def _load(self, module: str) -> None:
        path = f"{self._package}.{module}"
        if not _MODULE(module):
            return
        try:
            import_module(path)
        except ModuleNotFoundError as error:
            if error.name != path:
                raise


def module_of(name: str) -> str:
    """The module that registers *name*: its first part in snake case."""
    return _CAPITAL.sub(lambda found: "_" + found[0], name.partition("/")[0]).replace("-", "_").lower()
