"""Which aliases are written as the variable they refer to, where ``outputReferences`` names a rule.

A configuration in JavaScript gives functions; the two that Style Dictionary has are known by their names here,
alone or in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .ecmascript.values import text
from .format import Output, token_key
from .references import REFERENCE
from .transform import Token

Rule = Callable[[Output, Token], bool]


def keeps_references(output: Output, token: Token) -> bool:
    """Whether every rule that the option ``outputReferences`` names lets *token* be written as a reference."""
    named = output.options.get("outputReferences")
    names = named if isinstance(named, list) else [named]
    return all(RULES[name](output, token) for name in names if isinstance(name, str) and name in RULES)


def _targets_are_written(output: Output, token: Token) -> bool:
    written = output.dictionary.by_key
    missing = [target for target in output.referenced(token) if target["key"] not in written]
    for target in missing:
        output.left_out.pop(target["key"][1:-1], None)
    return not missing


def _is_unchanged(output: Output, token: Token) -> bool:
    original = output.original(token)
    if not isinstance(original, str):
        return False
    value = output.value(token)
    targets = output.dictionary.unfiltered.by_key
    keys = [token_key(reference) for reference in REFERENCE.findall(original)]
    if any(key not in targets for key in keys):
        return False
    if REFERENCE.fullmatch(original):
        return bool(value == output.value(targets[keys[0]]))
    parts = iter(keys)
    return bool(value == REFERENCE.sub(lambda _: text(output.value(targets[next(parts)])), original))


RULES: Mapping[str, Rule] = {
    "outputReferencesFilter": _targets_are_written,
    "outputReferencesTransformed": _is_unchanged,
}
"""``outputReferencesFilter``: all it refers to is in the file. ``outputReferencesTransformed``: nothing but the
references in its text was changed, e.g. by math or a colour modifier."""
