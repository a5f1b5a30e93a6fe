"""Reading -> resolved tokens, for one choice of contexts or for all that one output needs."""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.resolve.flatten import flatten
from dss_tokens.resolve.permutations import (
    Inputs,
    Permutation,
    Permutations,
    permutation_of,
    resolve_again,
    resolve_one,
)

from .reading import Reading


def resolve(reading: Reading, inputs: Inputs, *, strict: bool = False) -> Permutations:
    """The tokens of exactly the contexts that *inputs* and the defaults choose."""
    if reading.resolver is None:
        return _plain(reading, inputs, strict)
    chosen, found = reading.resolver.inputs(inputs)
    if any(d.severity == "error" for d in found):
        return Permutations(Permutation({}, {}), (), [*reading.diagnostics, *found])
    flat = reading.resolver.flatten(chosen)
    evaluation = resolve_one(flat.tokens, strict=strict)
    found = [*reading.diagnostics, *found, *flat.diagnostics, *evaluation.diagnostics]
    return Permutations(permutation_of(evaluation), (), found)


def resolve_all(reading: Reading, inputs: Inputs, *, strict: bool = False) -> Permutations:
    """The tokens of the chosen contexts, and of every other context of modifiers without an input."""
    if reading.resolver is None:
        return _plain(reading, inputs, strict)
    from dss_tokens.resolve.family import permute

    permutations = permute(reading.resolver, inputs, strict=strict)
    permutations.diagnostics[:0] = reading.diagnostics
    return permutations


def _plain(reading: Reading, inputs: Inputs, strict: bool) -> Permutations:
    flat = flatten((source.tokens for source in reading.sources), report_replaced=True)
    memory = reading.memory
    before = memory.evaluation if memory is not None else None
    again = resolve_again(before, flat.tokens) if before is not None else None
    evaluation = again or resolve_one(flat.tokens, strict=strict)
    if memory is not None:
        memory.evaluation = evaluation
    found = [*reading.diagnostics, *flat.diagnostics, *evaluation.diagnostics]
    for name in inputs:
        found.append(
            Diagnostic(
                code="DSS234",
                rule="RES-INPUT",
                message=f"there is no modifier {name}: no resolver document is in force",
                hint="name one with --resolver",
            )
        )
    return Permutations(permutation_of(evaluation), (), found)
