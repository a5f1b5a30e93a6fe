"""The forms in which Figma's variables arrive: one module each, recognised by content, all read into a Payload."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import FigmaSourceError
from ..options import PullOptions
from ..records import Payload
from . import rest


def recognised(documents: Mapping[str, object], options: PullOptions) -> Payload:
    """The payload in *documents*.

    Raises:
        FigmaSourceError: They are none of the known forms, or hold no values.
    """
    for document in documents.values():
        if rest.recognise(document):
            return rest.read(document)
    raise FigmaSourceError("this is no answer of Figma's")
