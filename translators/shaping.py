"""What a platform's filter, transforms and rules make of the tokens: those it writes, with the values it wants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.embedded import REFERENCE
from dss_tokens.resolve.permutations import Permutation, Permutations

from .css_values import literal, target_of
from .effects import Effects, changed, effects_of
from .ordering import defined_first
from .platform import Platform

Json = Any
Tokens = Mapping[str, ResolvedToken]


class Shape:
    """The tokens of a platform in every permutation."""

    def __init__(self, permutations: Permutations, platform: Platform) -> None:
        self.platform = platform
        self.find_effects = effects_of(platform.rules, platform.effects)
        self.wanted = platform.filter.test()
        self.known: dict[int, Effects] = {}
        self.kept: list[ResolvedToken] = []  # so that no id of a key in "known" is used again
        base = permutations.base
        self.written: dict[str, bool] = {}
        all_values = self.values(base, None)
        self.whole: dict[frozenset[tuple[str, str]], Tokens] = {}
        shaped = self.shaped(base, all_values)
        others = [self.shaped(other, self.values(other, (base.tokens, all_values))) for other in permutations.others]
        self.permutations = permutations._replace(base=shaped, others=others)
        self.base = (base.tokens, all_values)

    def more(self, permutation: Permutation) -> Permutation:
        """A permutation beside those that the platform has anyway."""
        return self.shaped(permutation, self.values(permutation, self.base))

    def effects(self, token: ResolvedToken) -> Effects:
        """What the rules say of a token as it was resolved."""
        found = self.known.get(id(token))
        if found is None:
            found = self.known[id(token)] = self.find_effects(token)
            self.kept.append(token)
        return found

    def every(self, permutation: Permutation) -> Tokens:
        """The tokens of a shaped permutation with those that are not written."""
        return self.whole.get(frozenset(permutation.inputs.items()), permutation.tokens)

    def effects_at(self, path: str) -> Effects:
        """What the rules say of the token at *path*, in the first permutation that has it."""
        for tokens in self.whole.values():
            if path in tokens:
                return self.effects(tokens[path])
        return self.platform.effects

    def is_written(self, token: ResolvedToken) -> bool:
        """Whether the filter takes a token; the permutation that has it first decides."""
        if token.path not in self.written:
            self.written[token.path] = self.wanted is None or self.wanted(token)
        return self.written[token.path]

    def shaped(self, permutation: Permutation, values: Tokens) -> Permutation:
        """A permutation of the tokens that are written, with their *values*."""
        tokens = {path: values[path] for path, token in permutation.tokens.items() if self.is_written(token)}
        self.whole[frozenset(permutation.inputs.items())] = values
        return permutation._replace(
            tokens=tokens, differing=frozenset(path for path in permutation.differing if path in tokens)
        )

    def values(self, permutation: Permutation, base: tuple[Tokens, Tokens] | None) -> Tokens:
        """Every token with its value as the platform wants it; what is as in *base* is taken from there."""
        tokens = permutation.tokens
        done: dict[str, ResolvedToken] = {}
        if base is not None:
            before, after = base
            done = {path: after[path] for path, token in tokens.items() if before.get(path) is token}
        for path in defined_first((path for path in tokens if path not in done), permutation.uses):
            done[path] = self.value(tokens[path], tokens, done)
        return done

    def value(self, token: ResolvedToken, tokens: Tokens, done: Tokens) -> ResolvedToken:
        """One token; those it refers to are *done*."""
        effects = self.effects(token)
        kind, value = token.type, token.value
        target = done.get(token.alias) if token.alias is not None else None
        if target is not None and target is not tokens[target.path]:
            if tokens[target.path].value == value:
                kind, value = target.type, target.value
        elif target is None and token.written is not value:
            value = _with_targets(value, token.written, tokens, done)
        if self.platform.transforms:
            token = token._replace(type=kind, value=value)
            for transform in self.platform.transforms:
                token = transform(token, self.platform)
            kind, value = token.type, token.value
        if effects.changes_values:
            kind, value = changed(kind, value, effects)
        if value is token.value and kind == token.type:
            self._remember(token, effects)
            return token
        written = value if token.written is token.value else token.written
        new = token._replace(type=kind, value=value, written=written)
        self._remember(new, effects)
        return new

    def _remember(self, token: ResolvedToken, effects: Effects) -> None:
        self.known[id(token)] = effects
        self.kept.append(token)


def _with_targets(value: Json, written: Json, tokens: Tokens, done: Tokens) -> Json:
    """A composite whose parts that are references have what became of their targets."""
    if type(value) is dict and type(written) is dict:
        new = dict(value)
        for name, inner in value.items():
            if name in written and written[name] is not inner:
                new[name] = _part(inner, written[name], tokens, done)
        return new if any(new[name] is not inner for name, inner in value.items()) else value
    if type(value) is str and type(written) is str and "{" in written:
        return _embedded(value, written, tokens, done)
    if type(value) is list and type(written) is list and len(value) == len(written):
        items = [_part(inner, old, tokens, done) for inner, old in zip(value, written, strict=True)]
        return items if any(item is not inner for item, inner in zip(items, value, strict=True)) else value
    return value


def _embedded(value: str, written: str, tokens: Tokens, done: Tokens) -> str:
    """A text with what became of the tokens that it names inside."""
    found = {path: done.get(path.strip()) for path in REFERENCE.findall(written)}
    if all(target is None or target is tokens.get(target.path) for target in found.values()):
        return value
    texts = {path: literal(target.type, target.value) for path, target in found.items() if target is not None}
    return REFERENCE.sub(lambda match: texts.get(match[1], match[0]), written)


def _part(value: Json, written: Json, tokens: Tokens, done: Tokens) -> Json:
    path = target_of(written)
    if path is None:
        return _with_targets(value, written, tokens, done)
    target = done.get(path)
    if target is None or target is tokens.get(path):
        return value
    found = target.value
    return found[0] if type(found) is list and len(found) == 1 and type(value) is dict else found


def in_order(tokens: Tokens, names: Mapping[str, str], order: str) -> Tokens:
    """The tokens by ``name``, by ``path``, or as they stand in the ``source``."""
    if order == "name":
        return {path: tokens[path] for path in sorted(tokens, key=lambda path: natural(names[path]))}
    if order == "path":
        return {path: tokens[path] for path in sorted(tokens, key=natural)}
    return tokens


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key that sorts numbers inside of names by their value: ``grey-50`` before ``grey-100``."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", text)
        if part
    ]  # fmt: skip
