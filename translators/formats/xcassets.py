"""An Xcode asset catalogue: a colour set for each colour, with a dark appearance where a dark context has another.

Source: Apple, "Asset Catalog Format Reference", "Named Color Type", "Folders and namespaces".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import said
from ..format_options import Known
from ..identifiers import identifiers
from ..losses import Losses
from ..measures import Rgba, decimal
from ..modes import Appearances, appearances
from ..records import Records
from ..registry import formats
from ..rendering import Rendering, all_tokens

OPTIONS: Known = {"dark": str}

_INFO = {"author": "dss", "version": 1}


@formats.register("xcassets/colors", "xcassets")
def colors(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``xcassets/colors``: a folder; the option ``dark`` names the context of the dark appearance.

    Other contexts are namespaces in it (``Color("brand-b/colorInk")``) with what they change.
    """
    tokens = all_tokens(rendering.permutations)
    colored = {path: token for path, token in tokens.items() if token.type == "color"}
    names, found = identifiers(rendering.names, colored, "camel", "swift")
    losses = Losses()
    _tell(tokens, losses)
    losses.groups(rendering.permutations)
    catalogue = _Catalogue(Records(rendering.platform, losses, "display-p3"), names)
    folder = rendering.platform.out.rstrip("/")
    files = [
        file
        for shown in appearances(rendering.permutations, rendering.platform)
        for file in catalogue.files(folder, shown)
    ]
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    yield from files


def _tell(tokens: Mapping[str, ResolvedToken], losses: Losses) -> None:
    """Of all that is no colour, and of what is said of colours."""
    for path, token in tokens.items():
        losses.path = path
        if token.type != "color":
            losses.tell("holds colours alone; it leaves out")
        elif isinstance(token.value, str):
            losses.tell("leaves out colours that are text")
        elif said(token):
            losses.notes(path)


class _Catalogue:
    """Colours as colour sets."""

    def __init__(self, records: Records, names: Mapping[str, str]) -> None:
        self.records = records
        self.names = names

    def files(self, folder: str, shown: Appearances) -> Iterator[OutputFile]:
        """The folder of one choice of contexts; without a colour, of the default alone."""
        sets = {name: entries for path, name in self.names.items() if (entries := self.entries(path, shown))}
        if shown.name == "default":
            yield OutputFile(f"{folder}/Contents.json", _text({"info": _INFO}))
        elif sets:
            folder = f"{folder}/{shown.name}"
            space = {"provides-namespace": True}
            yield OutputFile(f"{folder}/Contents.json", _text({"info": _INFO, "properties": space}))
        for name, entries in sets.items():
            yield OutputFile(f"{folder}/{name}.colorset/Contents.json", _text({"colors": entries, "info": _INFO}))

    def entries(self, path: str, shown: Appearances) -> list[dict[str, Any]]:
        """A colour by day, and by night where that is another one."""
        light, night = self.color(shown.light.get(path)), self.color(shown.dark.get(path))
        if light is None:
            light, night = night, None
        entries = [] if light is None else [_entry(light)]
        if night is not None and night != light:
            appearance = [{"appearance": "luminosity", "value": "dark"}]
            entries.append({"appearances": appearance, **_entry(night)})
        return entries

    def color(self, token: ResolvedToken | None) -> Rgba | None:
        """The channels of a colour that is no text."""
        found = None if token is None or token.type != "color" else self.records.of(token)
        return found if isinstance(found, Rgba) else None


def _entry(value: Rgba) -> dict[str, Any]:
    components = {
        "alpha": decimal(value.alpha), "blue": decimal(value.blue),
        "green": decimal(value.green), "red": decimal(value.red),
    }  # fmt: skip
    return {"color": {"color-space": value.space, "components": components}, "idiom": "universal"}


def _text(document: dict[str, Any]) -> str:
    return dumps(document, indent=2, ensure_ascii=False) + "\n"
