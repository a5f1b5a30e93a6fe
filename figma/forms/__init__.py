"""The forms in which Figma's variables arrive: one module each, recognised by content, all read into a Payload."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import FigmaSourceError
from ..options import PullOptions
from ..records import Payload
from . import collection_dump, mode_files, published, rest, tokens_studio, variable_list


def recognised(documents: Mapping[str, object], options: PullOptions) -> Payload:
    """The payload in *documents* (path -> decoded JSON).

    Raises:
        FigmaSourceError: They are none of the known forms, or hold no values.
    """
    lists = {path: document for path, document in documents.items() if published.recognise(document)}
    rest_ = {path: document for path, document in documents.items() if path not in lists and rest.recognise(document)}
    if rest_:
        payload = rest.read(next(iter(rest_.values())))
        for document in lists.values():
            payload.diagnostics += published.compare(document, payload)
        return payload
    if lists:
        raise FigmaSourceError(
            "this is the answer of variables/published, which has no values",
            code="DSS421",
            hint="save the answer of GET /v1/files/KEY/variables/local and pull that",
        )
    if tokens_studio.recognise(documents):
        return tokens_studio.read(documents)
    if any(map(collection_dump.recognise, documents.values())):
        return collection_dump.read(documents)
    if any(map(variable_list.recognise, documents.values())):
        return variable_list.read(documents)
    if any(map(mode_files.recognise, documents.values())):
        return mode_files.read(documents, options)
    raise _unknown(documents)


def _unknown(documents: Mapping[str, object]) -> FigmaSourceError:
    """What to say about documents of no known form; an error answer that was saved by accident says itself why."""
    for document in documents.values():
        if isinstance(document, dict):
            told = document.get("message") or document.get("err")
            status = document.get("status")
            if isinstance(told, str) and isinstance(status, int) and status >= 400:
                return FigmaSourceError(
                    f'this is an error answer of Figma\'s: {status} "{told}"',
                    hint="repeat the request that saved it; dss explain DSS402 tells what a plan allows",
                )
    return FigmaSourceError(
        "this is no form of Figma variables that dss knows",
        hint="it reads answers of GET variables/local, mode exports of Figma, and exports of Tokens Studio and other "
        "plugins",
    )
