"""A project's exchange with a Figma file: pull, push, compare. What every door calls; adapters are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge import strategies

from ..project import Project
from . import figma_file, pulling, sync
from .figma_base import Base, home_of, read_base
from .figma_file import Client, Wanted
from .reading import Reader


class Adapter(Protocol):
    """What is needed of the package that knows Figma (:class:`dss.wiring.FigmaAdapter`)."""

    @property
    def sources(self) -> Any:
        """:mod:`figma.sources`."""

    @property
    def push(self) -> Any:
        """:mod:`figma.push`."""

    @property
    def program(self) -> str:
        """Name and version of this program."""

    def options(self, plain: Mapping[str, Any]) -> Any:
        """:class:`figma.options.PullOptions`."""

    def rules(self, plain: Mapping[str, Any], rem: float) -> Any:
        """:class:`figma.folder.rules.FolderRules`."""


@dataclass(kw_only=True)
class FigmaProject:
    """One token folder and the file it is exchanged with."""

    project: Project
    folder: Path
    """The token folder."""

    wanted: Wanted
    """Its key is ``""`` where only saved answers are read."""

    adapter: Adapter
    connect: Callable[[], AbstractContextManager[Client]]
    """Opens a client."""

    reader: Callable[[], Reader]
    """A reader of the project's token files."""

    saved: Sequence[Path] = ()
    """Saved answers and exports that are read instead of asking Figma for variables."""

    saved_libraries: Mapping[str, Path] | None = None
    """The project's name of a library -> a saved answer of it."""

    rem: float = 16.0
    """What 1 rem is in px, for pushing."""

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.project.root

    @property
    def home(self) -> Path:
        """The folder whose ``.dss`` keeps base and journal."""
        return home_of(self.root, self.folder)

    @property
    def base(self) -> Base | None:
        """What the last pull or push left."""
        return read_base(self.home, self.folder)

    @cached_property
    def rules(self) -> Any:
        """Who is who in the token folder."""
        return self.adapter.rules(self.wanted.options or {}, self.rem)

    @cached_property
    def made_by(self) -> str:
        """A digest of what decides how a version is read."""
        return self.wanted.made_by(self.adapter.program)

    def plan_pull(
        self, *, strategy: sync.Strategy | None = None, overwrite: bool = False, even_if_unchanged: bool = False
    ) -> sync.SyncPlan | None:
        """What a pull changes; ``None`` when a cheap request told that nothing is new.

        Raises:
            RemoteError: Figma refused, failed, or could not be reached.
            InputError: A saved answer or a token file cannot be read.
        """
        if self.saved:
            return self._plan_saved(strategy, overwrite)
        base = self.base
        with self.connect() as client:
            versions = figma_file.versions_of(client, self.wanted)
            if not (overwrite or even_if_unchanged) and figma_file.is_unchanged(
                base, self.wanted, versions, self.made_by, self.folder
            ):
                return None
            fetched = figma_file.fetch(client, self.wanted, self.adapter.sources.styles_in)
        seen = sync.Seen(versions.of, self.made_by, versions.touched)
        plan = self._plan(fetched.answers, base, seen, strategy, overwrite)
        told = [*fetched.refused, *figma_file.interrupted_push(self.home, self.wanted.key), *plan.diagnostics]
        return replace(plan, diagnostics=told)

    def _plan_saved(self, strategy: sync.Strategy | None, overwrite: bool) -> sync.SyncPlan:
        answers = self._saved_answers()
        refused: list[Diagnostic] = []
        asks = replace(self.wanted, styles=self.wanted.styles and answers.get("styles") is None)
        if self.wanted.key and (asks.styles or asks.components):
            with self.connect() as client:
                fetched = figma_file.fetch(client, asks, self.adapter.sources.styles_in, variables=False)
            answers |= fetched.answers
            refused = fetched.refused
        touched = max(path.stat().st_mtime_ns // 1_000_000 for path in self.saved)
        plan = self._plan(answers, self.base, sync.Seen(touched=touched), strategy, overwrite)
        return replace(plan, diagnostics=[*refused, *plan.diagnostics])

    def _saved_answers(self) -> dict[str, Any]:
        found = self.adapter.sources.sorted_answers(pulling.payload_documents(self.saved))
        answers = {name: getattr(found, name) for name in found.__dataclass_fields__}
        if self.saved_libraries:
            answers["libraries"] = {
                name: pulling.payload_documents([path]) for name, path in self.saved_libraries.items()
            }
        return answers

    def _plan(
        self, answers: Mapping[str, Any], base: Base | None, seen: sync.Seen, strategy: sync.Strategy | None,
        overwrite: bool,
    ) -> sync.SyncPlan:  # fmt: skip
        pulled = self._read(answers, base, whole=overwrite)
        plan = sync.plan_pull(
            pulled, self.folder, self.root, self.rules, strategy=strategy, overwrite=overwrite, seen=seen
        )
        return replace(plan, components=self.adapter.sources.components_in(self.adapter.sources.Answers(**answers)))

    def _read(self, answers: Mapping[str, Any], base: Base | None, *, whole: bool = False) -> Any:
        sources = self.adapter.sources
        before = _Before(base) if base is not None else None
        options = self.adapter.options(self.wanted.options or {})
        return sources.read_answers(sources.Answers(**answers), options, before, whole=whole)

    def apply(self, plan: sync.SyncPlan) -> None:
        """Does a plan, all or nothing; then the components, which no file holds, go to the store.

        Raises:
            InputError: A token file has faults that keep the project's state from being recorded.
            RemoteError: The store is locked, or cannot be opened.
        """
        sync.apply_pull(plan, self.root)
        if plan.components is not None:
            from .figma_components import keep_components

            components = [component.to_json() for component in plan.components]
            keep_components(self.project, self.reader(), self.wanted.key, components)

    def compare(self) -> sync.Compared:
        """What changed in the files and in Figma since the last pull.

        Raises:
            RemoteError: Figma refused, failed, or could not be reached.
            InputError: A saved answer or a token file cannot be read.
        """
        base = self.base
        refused: list[Diagnostic] = []
        if self.saved:
            answers = self._saved_answers()
        else:
            with self.connect() as client:
                versions = figma_file.versions_of(client, self.wanted)
                if figma_file.is_unchanged(base, self.wanted, versions, self.made_by, self.folder):
                    return sync.compare_files(self.folder, self.root, self.rules)
                answers, refused = figma_file.fetch(client, self.wanted, self.adapter.sources.styles_in)
        pulled = self._read(answers, base)
        told = [*refused, *(figma_file.interrupted_push(self.home, self.wanted.key) if self.wanted.key else ())]
        return sync.compare(pulled, self.folder, self.root, self.rules)._replace(diagnostics=tuple(told))

    def plan_push(self, client: Client | None, *, delete: bool, overwrite: bool) -> Any:
        """What a push posts (:class:`figma.push.PushPlan`), against a fresh answer or a saved one.

        Raises:
            RemoteError: Figma refused, failed, or could not be reached.
            InputError: A token file cannot be read, or there is no resolver document.
        """
        push, base = self.adapter.push, self.base
        if client is None:
            answers = self._saved_answers()
        else:
            asks = replace(self.wanted, styles=False, components=False)
            answers = figma_file.fetch(client, asks, self.adapter.sources.styles_in).answers
        options = push.PushOptions(
            pull=self.adapter.options(self.wanted.options or {}), delete=delete, overwrite=overwrite, rem=self.rem
        )
        before = base.documents if base is not None else None
        return push.plan_push(sync.folder_documents(self.folder), **_for_push(answers, before), options=options)

    def push(self, client: Client, plan: Any) -> sync.SyncPlan:
        """Posts *plan* and tells the files the ids of what was made; gives what changed in the files.

        Raises:
            RemoteError: Figma refused or failed; the last diagnostic says how far the push came.
        """
        bodies = self.adapter.push.requests_of(plan)
        figma_file.push(client, self.wanted.key, bodies, self.adapter.push.real_ids_in, self.home)
        versions = figma_file.versions_of(client, self.wanted)
        fetched = figma_file.fetch(client, replace(self.wanted, styles=False, components=False),
                                   self.adapter.sources.styles_in)  # fmt: skip
        # Whatever differs now although it was just posted, somebody else changed meanwhile: that is theirs to keep.
        again = self._still_to_push(fetched.answers)
        strategy = strategies.get("keep_local" if again.is_empty and not again.conflicts else "keep_remote")
        seen = sync.Seen(versions.of, self.made_by, versions.touched)
        after = self._plan(fetched.answers, self.base, seen, strategy, overwrite=False)
        self.apply(after)
        return after

    def _still_to_push(self, answers: Mapping[str, Any]) -> Any:
        push = self.adapter.push
        options = push.PushOptions(pull=self.adapter.options(self.wanted.options or {}), rem=self.rem, overwrite=True)
        return push.plan_push(sync.folder_documents(self.folder), **_for_push(answers, None), options=options)


def _for_push(answers: Mapping[str, Any], before: Any) -> dict[str, Any]:
    """Fresh answer, base and libraries as a push takes them: one answer each."""
    variables = answers.get("variables") or {}
    libraries = {name: next(iter(found.values())) for name, found in (answers.get("libraries") or {}).items()}
    return {"fresh": next(iter(variables.values()), {}), "base": before, "libraries": libraries}


class _Before(Mapping[str, Any]):
    """The documents of a base, each decoded when asked for."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def __getitem__(self, name: str) -> Any:
        if name not in self._base.marks:
            raise KeyError(name)
        return self._base.document(name)

    def __iter__(self) -> Any:
        return iter(self._base.marks)

    def __len__(self) -> int:
        return len(self._base.marks)
