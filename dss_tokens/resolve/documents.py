"""Resolver documents: sets, modifiers, contexts and their order. Source: DTCG Resolver 2025.10.

A document is read once (:mod:`.resolver_reader`) into stages whose token sources are parsed; :meth:`Resolver.flatten`
then picks the sources of one permutation. Files are handed in: the model opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic
from ..model import Json, Parsed, Source, TokenSet
from ..types import described
from .flatten import flatten
from .permutations import Inputs

VERSION = "2025.10"
_MANY = 64
"""Sources from which on it is looked whether one is spliced in several times."""


Fetch = Callable[[str], "Fetched | Diagnostic"]
"""Opens a file that a reference names, relative to the resolver document."""

Parse = Callable[[Json, Source], Parsed]


class Fetched(NamedTuple):
    """A decoded file."""

    value: Json
    file: str
    """As shown to people."""

    diagnostics: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class Set:
    """A named list of token sources; later ones win."""

    name: str
    sources: tuple[TokenSet, ...]
    files: tuple[str, ...] = ()
    extensions: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Modifier:
    """A choice of one context among several."""

    name: str
    contexts: Mapping[str, tuple[TokenSet, ...]]
    default: str | None
    description: str | None = None
    extensions: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Resolver:
    """A resolver document, read."""

    file: str
    order: tuple[Set | Modifier, ...]
    modifiers: Mapping[str, Modifier]
    """Those in the order, and those only declared: an input for them is accepted."""

    sets: Mapping[str, Set] = field(default_factory=dict)
    """Those of the root, in the order or not."""

    @property
    def used(self) -> dict[str, Modifier]:
        """The modifiers that take part, in order."""
        return {stage.name: stage for stage in self.order if isinstance(stage, Modifier)}

    def defaults(self) -> dict[str, str]:
        """The default inputs; a modifier without a default is left out."""
        return {name: modifier.default for name, modifier in self.used.items() if modifier.default is not None}

    def inputs(self, given: Inputs) -> tuple[dict[str, str], list[Diagnostic]]:
        """*given* in the document's spelling with defaults filled in; every fault of it."""
        found: list[Diagnostic] = []
        chosen = self.defaults()
        for name, context in given.items():
            modifier = _matching(name, self.modifiers)
            if modifier is None:
                found.append(
                    self._fault("DSS234", f"there is no modifier {name}", "RES-INPUT", meant(name, self.modifiers))
                )
                continue
            contexts = self.modifiers[modifier].contexts
            if not isinstance(context, str):
                message = f"the modifier {modifier} takes the name of a context, not {described(context)}"
                found.append(self._fault("DSS234", message, "RES-INPUTSTR", listed(contexts)))
                continue
            spelled = _matching(context, contexts)
            if spelled is None:
                found.append(
                    self._fault(
                        "DSS234",
                        f"the modifier {modifier} has no context {context}",
                        "RES-INPUT",
                        meant(context, contexts),
                    )
                )
            else:
                chosen[modifier] = spelled
        for name, modifier_ in self.used.items():
            if name not in chosen and not any(d.message.startswith(f"the modifier {name} ") for d in found):
                hint = f"--input {name}={next(iter(modifier_.contexts), '…')}"
                found.append(
                    self._fault("DSS234", f"the modifier {name} needs an input: it has no default", "RES-INPUT", hint)
                )
        return chosen, found

    def _fault(self, code: str, message: str, rule: str, hint: str) -> Diagnostic:
        return Diagnostic(code=code, message=message, rule=rule, hint=hint, file=self.file)

    def sources(self, inputs: Inputs) -> Iterator[TokenSet]:
        """The token documents of one permutation, in order."""
        for stage in self.order:
            if isinstance(stage, Set):
                yield from stage.sources
            elif (context := inputs.get(stage.name)) is not None:
                yield from stage.contexts.get(context, ())

    def flatten(self, inputs: Inputs) -> Parsed:
        """One permutation's tokens as one document; *inputs* complete, as :meth:`inputs` gives them."""
        flat = flatten(_last_ones(self.sources(inputs)), report_replaced=False)
        return Parsed(self.completed(flat.tokens, inputs), flat.diagnostics)

    def completed(self, tokens: TokenSet, inputs: Inputs) -> TokenSet:
        """The tokens of one permutation with the values they choose or compute themselves; DTCG has no such thing."""
        return tokens


def _last_ones(sources: Iterator[TokenSet]) -> list[TokenSet]:
    """*sources*; where one occurs again and again, only the last time, which is the one that counts."""
    found = list(sources)
    if len(found) <= _MANY:
        return found
    last = {id(source): source for source in reversed(found)}
    return list(reversed(last.values()))


def _matching(name: str, known: Mapping[str, Any]) -> str | None:
    """*name* as spelled in *known*, without regard to case where that is unambiguous."""
    if name in known:
        return name
    close = [other for other in known if other.casefold() == name.casefold()]
    return close[0] if len(close) == 1 else None


def meant(name: str, known: Mapping[str, Any]) -> str:
    """What *name* was probably meant to be, for a hint."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else listed(known)


def listed(known: Mapping[str, Any]) -> str:
    """What might have been meant, for a hint."""
    return "known: " + (", ".join(known) or "none")
