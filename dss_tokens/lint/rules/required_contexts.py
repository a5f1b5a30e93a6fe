"""``required_contexts``: a token that is there in one context is there in all."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import pattern
from ..registry import Finding, Options, lint_rule
from ..subject import Subject


@lint_rule(code="DSS711", level="warn", options={"tokens": {}})
def required_contexts(subject: Subject, options: Options) -> Iterator[Finding]:
    """Tokens that some contexts lack, and those at the paths ``tokens`` that a context listed there does not change.

    ``tokens`` maps a path to contexts: ``{"color.surface.**" = ["theme=dark"]}``.
    """
    contexts = subject.contexts
    if len(contexts) < 2:
        return
    for path, token in subject.resolved.items():
        missing = [context.label or "the defaults" for context in contexts if path not in context.tokens]
        if missing:
            shown = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
            yield Finding(token.token, f"{path} has no value with {shown}", "give it one in a set that is always used")
    yield from _unchanged(subject, options)


def _unchanged(subject: Subject, options: Options) -> Iterator[Finding]:
    differing = {
        f"{name}={context}": one.differing
        for one in subject.permutations.others
        if len(one.inputs) == 1
        for name, context in one.inputs.items()
    }
    for glob, labels in options["tokens"].items():
        for path, token in subject.resolved.items():
            if not pattern(glob).fullmatch(path):
                continue
            same = [label for label in labels if path not in differing.get(label, ())]
            if same:
                yield Finding(token.token, f"{path} is not set for {', '.join(same)}")
