"""Everything one pull looks at -> token files: variables, the libraries they refer to, styles. Pure.

What a pull does not look at stays as the last one left it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .components import Component, read_components
from .folder.keeping import is_library, is_styles, is_variables, with_kept
from .forms import mode_files
from .options import PullOptions
from .reader import Pulled, read_files
from .styles import Style, bindings_in, listed_styles, nodes_in, read_styles, with_styles
from .summary import Summary
from .variables.layout import RESOLVER, resolver_document

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Decoded answers of Figma or files that were saved of it; ``None`` for what is not looked at."""

    variables: Mapping[str, object] | None = None
    """File name -> content; several where they belong together."""

    libraries: Mapping[str, Mapping[str, object]] | None = None
    """The project's name of a library -> its documents."""

    styles: Sequence[object] | None = None
    """Lists of styles: of ``GET files/:key/styles``, or of ``GET files/:key``."""

    nodes: Sequence[object] = field(default=())
    """Answers of ``GET files/:key/nodes``, with the nodes of the styles."""

    components: object = None
    """Of ``GET files/:key/components``."""

    component_sets: object = None
    """Of ``GET files/:key/component_sets``."""


def sorted_answers(documents: Mapping[str, object]) -> Answers:
    """Saved answers, each recognised by its shape; what is neither of styles nor of components is of variables."""
    styles, nodes, variables = [], [], {}
    components: dict[str, object] = {}
    for name, document in documents.items():
        kinds = _kinds(document)
        styles += [document] if "styles" in kinds else []
        nodes += [document] if "nodes" in kinds else []
        components |= {kind: document for kind in kinds if kind in ("components", "component_sets")}
        if not kinds:
            variables[name] = document
    return Answers(
        variables=variables or None,
        styles=styles or None,
        nodes=nodes,
        components=components.get("components"),
        component_sets=components.get("component_sets"),
    )


def _kinds(document: object) -> set[str]:
    if not isinstance(document, dict):
        return set()
    meta = document.get("meta")
    if isinstance(meta, dict):
        return {kind for kind in ("styles", "components", "component_sets") if isinstance(meta.get(kind), list)}
    if isinstance(document.get("nodes"), dict) and all(_is_node(node) for node in document["nodes"].values()):
        return {"nodes"}
    if isinstance(document.get("document"), dict) and isinstance(document.get("styles"), dict):
        return {"styles", "components", "component_sets"}
    return set()


def _is_node(value: object) -> bool:
    return value is None or (isinstance(value, dict) and isinstance(value.get("document"), dict))


def styles_in(answers: Sequence[object]) -> list[Style]:
    """The styles that a file defines itself, each once."""
    found = {style.node: style for answer in answers for style in listed_styles(answer) if not style.remote}
    return list(found.values())


def components_in(answers: Answers) -> list[Component] | None:
    """The components, ``None`` where they were not looked at."""
    if answers.components is None and answers.component_sets is None:
        return None
    return read_components(answers.components, answers.component_sets)


def read_answers(
    answers: Answers,
    options: PullOptions = PullOptions(),  # noqa: B008 - frozen
    before: Mapping[str, Any] | None = None,
    *,
    whole: bool = False,
) -> Pulled:
    """The token files of a project.

    Args:
        answers: What Figma says.
        options: The project's decisions.
        before: The files as the last pull left them: what is not looked at is taken from there.
        whole: Take an export of some collections for all there are.

    Raises:
        FigmaSourceError: The variables come in no known form, or without values.
    """
    pulled = _variables(answers, options)
    kept = before or {}
    if answers.variables is None or (pulled.summary.form == mode_files.FORM and not whole):
        pulled = replace(pulled, files=with_kept(pulled.files, kept, is_variables))
    if answers.libraries is None:
        pulled = replace(pulled, files=with_kept(pulled.files, kept, is_library))
    if answers.styles is None:
        return replace(pulled, files=with_kept(pulled.files, kept, is_styles))
    nodes = {identity: node for answer in answers.nodes for identity, node in nodes_in(answer).items()}
    bound = bindings_in(pulled.files)
    return with_styles(pulled, read_styles(styles_in(answers.styles), nodes, bound, profile=options.color_profile))


def _variables(answers: Answers, options: PullOptions) -> Pulled:
    if answers.variables is None:
        return Pulled({RESOLVER: resolver_document([], [], {})}, [], Summary("styles", ()))
    return read_files(answers.variables, options, answers.libraries)
