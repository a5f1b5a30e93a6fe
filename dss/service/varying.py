"""Tokens that choose or compute another value in some context: other dialects have one token for each value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.model import TokenSet
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.documents import Modifier, Resolver
from dss_tokens.resolve.permutations import resolve_one


class Varying:
    """Looks at every context for the tokens whose value their own files choose or compute."""

    def __init__(
        self, resolver: Resolver, defaults: Mapping[str, str], strict: bool, name_of: Callable[[TokenSet], str],
        converted: Mapping[str, Any],
    ) -> None:  # fmt: skip
        """Args:
        resolver: Gives the tokens of each choice.
        defaults: Modifier -> default context.
        strict: Refuse older forms.
        name_of: A document's name.
        converted: Name -> source, computed with the defaults.
        """
        self.resolver = resolver
        self.defaults = defaults
        self.strict = strict
        self.name_of = name_of
        self.converted = converted
        self.diagnostics: list[Diagnostic] = []
        self.by: dict[str, set[str]] = {}
        """Path -> the modifiers that change it."""

    def contexts(self) -> Iterator[tuple[str, str, Sequence[ResolvedToken]]]:
        """Modifier, context, and the tokens that come to something else there."""
        if not any(source.computed for source in self.converted.values()):
            return
        written: dict[str, ResolvedToken] = {}
        for position, stage in enumerate(self.resolver.order):
            if not isinstance(stage, Modifier):
                written |= self.computed(stage.sources)
                continue
            later = [s for s in self.resolver.order[position + 1 :] if not isinstance(s, Modifier)]
            beyond = self.computed([d for s in later for d in s.sources])
            elsewhere = self.computed(self.documents_of_others(stage.name))
            for context in stage.contexts:
                if context != self.defaults[stage.name]:
                    yield stage.name, context, self.differing(stage.name, context, written, {**beyond, **elsewhere})
        for path, modifiers in self.by.items():
            if len(modifiers) > 1:
                self.report(written[path], sorted(modifiers))

    def computed(self, documents: Sequence[TokenSet]) -> dict[str, ResolvedToken]:
        """The computed tokens of some documents."""
        sources = [self.converted[self.name_of(document)] for document in documents]
        return {token.path: token for source in sources for token in source.tokens if token.path in source.computed}

    def documents_of_others(self, name: str) -> list[TokenSet]:
        """The documents of all contexts of the other modifiers."""
        others = [modifier for other, modifier in self.resolver.used.items() if other != name]
        return [document for modifier in others for sources in modifier.contexts.values() for document in sources]

    def differing(
        self, modifier: str, context: str, known: Mapping[str, ResolvedToken], out_of_reach: Mapping[str, ResolvedToken]
    ) -> list[ResolvedToken]:
        """Tokens of *known* with another value in a context; those *out_of_reach* are told."""
        flat = self.resolver.flatten({**self.defaults, modifier: context})
        done = resolve_one(flat.tokens, strict=self.strict).done
        for path in sorted(_changed(done, out_of_reach)):
            self.report(out_of_reach[path], [modifier])
        changed = _changed(done, known)
        for path in changed:
            self.by.setdefault(path, set()).add(modifier)
        return [done[path] for path in known if path in changed]

    def report(self, token: ResolvedToken, modifiers: Sequence[str]) -> None:
        """Tells of a token that cannot follow every choice of contexts."""
        self.diagnostics.append(
            Diagnostic(
                code="DSS321", severity="warning", path=token.path, file=token.token.source.file, at=token.token.at(),
                message=f"{token.path}: its value depends on contexts of {' and '.join(modifiers)} in a way that only"
                " its own files can say; it is written as with the defaults of the others",
            )
        )  # fmt: skip


def _changed(done: Mapping[str, ResolvedToken], known: Mapping[str, ResolvedToken]) -> set[str]:
    """Tokens of *known* that are in force in *done*, and come to something else there."""
    return {
        path
        for path, token in known.items()
        if (now := done.get(path)) is not None
        and (now.token.source, now.token.location) == (token.token.source, token.token.location)
        and now.written != token.written
    }
