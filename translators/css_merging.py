"""Two contexts of a modifier in one value: ``light-dark()`` for colours, ``clamp()`` for lengths.

Sources: CSS Color 5, "light-dark()"; CSS Values 4, "clamp()".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations
from dss_tokens.resolve.users import closure, users_of

from .css_options import Pair
from .css_sheet import Declare, Sheet
from .css_text import number
from .differences import differing
from .rendering import Rendering

Merge = Callable[[ResolvedToken, ResolvedToken, str, str], str | None]
"""One text for a token's values in two contexts, given both tokens and their texts; ``None`` where there is none."""

_REM = 16


class MergedSheet(Sheet):
    """A sheet whose tokens hold the values of both contexts of a modifier."""

    def __init__(self, sheet: Sheet, permutations: Permutations, pair: Pair, merge: Merge) -> None:
        super().__init__(sheet.rendering, sheet.change)
        self.is_plain = False
        self.inner = sheet
        self.modifier = pair.modifier
        self.merge = merge
        self.all = permutations
        self.default, self.other = _ends(pair, permutations, sheet.rendering)
        self.is_low_first = self.default == pair.low
        self.found = {_key(known.inputs): known for known in (permutations.base, *permutations.others)}

    def at(self, inputs: Mapping[str, str]) -> Permutation:
        """The permutation of just these contexts; resolved now where no block needed it."""
        key = _key(inputs)
        if key not in self.found:
            self.found[key] = self.rendering.permutation(inputs) or self.all.base  # the fault was reported
        return self.found[key]

    def with_other(self, inputs: Mapping[str, str]) -> Permutation:
        """The permutation of these contexts and the pair's other one."""
        order = {name: at for at, name in enumerate(self.all.modifiers)}
        chosen = {**inputs, self.modifier: self.other}
        return self.at(dict(sorted(chosen.items(), key=lambda pair: order.get(pair[0], len(order)))))

    def without(self, inputs: Mapping[str, str]) -> dict[str, str]:
        """These contexts but for the pair's."""
        return {name: context for name, context in inputs.items() if name != self.modifier}

    def declarer(self, permutation: Permutation) -> Declare:
        """What writes the declarations of *permutation*'s tokens: the same in both contexts, where they are merged."""
        own = self.inner.declarer(permutation)
        if permutation.inputs.get(self.modifier) not in (None, self.default, self.other):
            return own
        merged = self._merger(self.without(permutation.inputs))

        def declare(token: ResolvedToken) -> str:
            text = merged(token.path)
            return own(token) if text is None else f"--{self.names[token.path]}: {text};"

        return declare

    def _merger(self, inputs: Mapping[str, str]) -> Callable[[str], str | None]:
        """Path -> one text for both contexts; ``None`` where they say the same, or where it takes a block."""
        here, there = self.at(inputs), self.with_other(inputs)
        write, write_other = self.inner.declarer(here), self.inner.declarer(there)

        def merged(path: str) -> str | None:
            token, other = here.tokens.get(path), there.tokens.get(path)
            if token is None or other is None:
                return None
            text, other_text = value_text(write(token)), value_text(write_other(other))
            if text == other_text or text is None or other_text is None:
                return None
            if self.is_low_first:
                return self.merge(token, other, text, other_text)
            return self.merge(other, token, other_text, text)

        return merged

    def reduced(self) -> Permutations:
        """The permutations whose blocks are left: without what is merged, but with what the merging makes differ."""
        others: list[Permutation] = []
        known = [permutation.inputs for permutation in self.all.others]
        for inputs in [*known, *(self.without(inputs) for inputs in known)]:
            if not inputs or any(permutation.inputs == inputs for permutation in others):
                continue
            permutation = self.at(inputs)
            if inputs.get(self.modifier) == self.other:
                differing = self._left(permutation)
            elif self.modifier in inputs:
                differing = permutation.differing
            else:
                differing = permutation.differing | self._changed(permutation)
            others.append(permutation._replace(differing=differing))
        return self.all._replace(others=sorted(others, key=lambda permutation: len(permutation.inputs)))

    def _changed(self, permutation: Permutation) -> frozenset[str]:
        """What a permutation changes where the pair's other context holds."""
        there = differing(self.with_other({}), self.with_other(permutation.inputs))
        return frozenset(path for path in there if path in permutation.tokens)

    def _left(self, permutation: Permutation) -> frozenset[str]:
        """What a block of the other context still has to declare."""
        inputs = self.without(permutation.inputs)
        without, merged = self.at(inputs), self._merger(inputs)
        write, write_other = self.inner.declarer(permutation), self.inner.declarer(without)
        left = {
            path for path in permutation.differing
            if path not in without.tokens
            or (merged(path) is None and write(permutation.tokens[path]) != write_other(without.tokens[path]))
        }  # fmt: skip
        # Who refers to what is declared again is declared again, so that a nested element gets it.
        return frozenset(closure(left, users_of(permutation.uses)) & permutation.differing)


def _key(inputs: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(inputs.items())


def value_text(declaration: str) -> str | None:
    """The value of a single declaration."""
    return None if "\n" in declaration else declaration.partition(": ")[2].removesuffix(";")


def _ends(pair: Pair, permutations: Permutations, rendering: Rendering) -> tuple[str, str]:
    """The default context of a pair, and the other one.

    Raises:
        InputError: There is no such modifier, or the default is none of the two.
    """
    contexts = permutations.modifiers.get(pair.modifier)
    where = f"platform.{rendering.platform.name}.options"
    if contexts is None:
        hint = "known: " + (", ".join(permutations.modifiers) or "none")
        message = f"there is no modifier {pair.modifier} with a free choice"
        raise InputError(Diagnostic(code="DSS318", message=message, hint=hint, path=where))
    if contexts[0] not in (pair.low, pair.high) or not {pair.low, pair.high} <= set(contexts):
        message = f"{pair.low} and {pair.high} are not the default and another context of {pair.modifier}"
        raise InputError(Diagnostic(code="DSS318", message=message, hint=f"it has {', '.join(contexts)}", path=where))
    return contexts[0], pair.high if contexts[0] == pair.low else pair.low


def light_dark(pair: Pair) -> Merge:
    """``light-dark(#fff, #000)``; only colours can be said so."""

    def merge(light: ResolvedToken, dark: ResolvedToken, light_text: str, dark_text: str) -> str | None:
        return f"light-dark({light_text}, {dark_text})" if light.type == dark.type == "color" else None

    return merge


def fluid(pair: Pair) -> Merge:
    """Lengths that grow with the viewport, between those of two contexts."""

    def merge(low: ResolvedToken, high: ResolvedToken, low_text: str, high_text: str) -> str | None:
        if low.type != "dimension" or high.type != "dimension":
            return None
        first, last = low.value, high.value
        if type(first) is not dict or type(last) is not dict or first["unit"] != last["unit"]:
            return None
        if first["unit"] not in ("px", "rem"):
            return None
        scale = 1 if first["unit"] == "px" else _REM
        slope = (last["value"] - first["value"]) * scale / (pair.high_width - pair.low_width)
        start = first["value"] - slope * pair.low_width / scale
        least, most = sorted((first, last), key=lambda value: float(value["value"]))
        unit = first["unit"]
        grows = f"{_rounded(start)}{unit} {'-' if slope < 0 else '+'} {_rounded(abs(slope) * 100)}vw"
        return f"clamp({_rounded(least['value'])}{unit}, {grows}, {_rounded(most['value'])}{unit})"

    return merge


def _rounded(value: float) -> str:
    return number(float(value), 4)
