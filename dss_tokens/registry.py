"""A registry whose built-in entries are the modules of one package: adding a file is the registration.

A module's name begins the names it registers (``scss/map-flat`` stands in ``scss.py``), so that one entry is found
by importing one module. Entries of other distributions are added from outside: this module does no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Generic, TypeVar

from .diagnostics import Diagnostic
from .errors import InputError

T = TypeVar("T")


class UnknownNameError(InputError):
    """A name that nothing is registered under; names the nearest one."""


class Registry(Generic[T]):
    """Things of one kind by name, e.g. merge strategies or output formats.

    Example::

        strategies: Registry[MergeStrategy] = Registry("merge strategy", "dss_tokens.merge.strategies", code="DSS350")

        @strategies.register("keep_local")
        def keep_local(conflict: Conflict) -> Answer: ...
    """

    def __init__(self, kind: str, package: str, *, code: str) -> None:
        """Args:
        kind: What the entries are, in messages.
        package: Its modules hold the built-in entries; each is imported when one of its names is asked for.
        code: The diagnostic of an unknown name.
        """
        self.kind = kind
        self.package = package
        self.code = code
        self._entries: dict[str, T] = {}
        self._added: dict[str, Callable[[], T]] = {}
        self.others: Callable[[], None] | None = None
        """Adds what the project and other distributions offer; called when a name is not known."""

    def register(self, *names: str) -> Callable[[T], T]:
        """A decorator that enters a built-in under *names*.

        Raises:
            ValueError: A name is taken, or does not begin with the name of its module, so that it could not be found.
        """

        def enter(entry: T) -> T:
            module = getattr(entry, "__module__", "").rpartition(".")[2]
            for name in names:
                if module_of(name) != module:
                    raise ValueError(f"the {self.kind} {name} belongs into the module {module_of(name)}, not {module}")
                if self._entries.get(name, entry) is not entry:
                    raise ValueError(f"two of the kind {self.kind} are called {name}")
                self._entries[name] = entry
            return entry

        return enter

    def add(self, name: str, load: Callable[[], T]) -> None:
        """Enters a thing of another distribution; *load* is called when it is first asked for.

        Raises:
            ValueError: The name is that of a built-in or was added before.
        """
        if name in self._added or self._built_in(name) is not None:
            raise ValueError(f"two of the kind {self.kind} are called {name}")
        self._added[name] = load

    def remove(self, name: str) -> None:
        """Forgets what was added under *name*."""
        self._added.pop(name, None)
        self._entries.pop(name, None)

    def get(self, name: str) -> T:
        """The entry called *name*.

        Raises:
            UnknownNameError: There is none.
        """
        found = self.find(name)
        if found is None and self.others is not None:
            self.others()
            found = self.find(name)
        if found is None:
            raise UnknownNameError(self._unknown(name))
        return found

    def find(self, name: str) -> T | None:
        """The entry called *name*, or ``None``."""
        found = self._built_in(name)
        if found is None and name in self._added:
            found = self._entries[name] = self._added[name]()
        return found

    def names(self) -> list[str]:
        """All names, sorted. Imports every module of the package, but nothing that was added from outside."""
        for module in self.modules():
            import_module(f"{self.package}.{module}")
        return sorted({*self._entries, *self._added})

    def modules(self) -> list[str]:
        """The modules of the package, sorted; none is imported."""
        found = iter_modules(import_module(self.package).__path__)
        return sorted(module.name for module in found if not module.name.startswith("_"))

    def items(self) -> Mapping[str, T]:
        """Every entry by name."""
        return {name: self.get(name) for name in self.names()}

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def _built_in(self, name: str) -> T | None:
        module = module_of(name)
        if name not in self._entries and module.isidentifier() and find_spec(f"{self.package}.{module}") is not None:
            import_module(f"{self.package}.{module}")
        return self._entries.get(name)

    def _unknown(self, name: str) -> Diagnostic:
        from difflib import get_close_matches

        known = self.names()
        near = get_close_matches(name, known, n=1)
        return Diagnostic(
            code=self.code,
            message=f'there is no {self.kind} "{name}"',
            hint=f"did you mean {near[0]}?" if near else "one of " + ", ".join(known),
        )


def module_of(name: str) -> str:
    """The module that must hold *name*: what stands before the first ``/``, ``-`` read as ``_``."""
    return name.partition("/")[0].replace("-", "_")
