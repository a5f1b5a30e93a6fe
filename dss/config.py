"""``dss.toml`` -> a frozen :class:`Config`; unknown keys are refused, naming the nearest known one.

Imported only where a dss.toml is read: pydantic takes 60 ms.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.source import Span

Names = Annotated[tuple[str, ...], Field(strict=False)]
"""An array of TOML: a strict tuple would refuse the list it arrives as."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ProjectTable(_Table):
    """``[project]``."""

    name: str | None = None
    id: str | None = None
    sources: Names = ()
    """Files, folders or globs, relative to dss.toml."""

    resolver: str | None = None
    """A resolver document instead of sources."""

    dialect: str | None = None
    """Forces a dialect for every source."""


class PlatformTable(_Table):
    """``[platform.<name>]``: one output."""

    format: str | None = None
    """A registered format's name; may be left out beside ``template``."""

    template: str | None = None
    """A Jinja template of the user's own, relative to dss.toml."""

    out: str
    """The file (or, for formats of several files, the folder) to write, relative to dss.toml."""

    prefix: str = ""
    references: bool = True
    """Keep aliases as references where the language has them."""

    selector: dict[str, str] | str | None = None
    """``:root`` for the defaults, or ``modifier=context`` -> a selector."""

    media: dict[str, str] = {}
    """``modifier=context`` -> a media query instead of a selector."""

    inputs: dict[str, str] = {}
    """Contexts chosen for this output alone."""

    filter: dict[str, Any] | str | None = None
    transforms: Names = ()
    options: dict[str, Any] = {}


class FigmaTable(_Table):
    """``[figma]``."""

    file: str | None = None
    out: str = "tokens"
    base_url: str | None = None
    group_by_collection: Literal["auto"] | bool = "auto"
    color_profile: Literal["srgb", "display-p3"] = "srgb"
    types: dict[str, str] = {}
    """Glob over variable names -> ``$type``; comes before every inference."""

    libraries: dict[str, str] = {}
    """Key of a library's file -> the group its variables are read into."""


class StorybookTable(_Table):
    """``[storybook]``."""

    out: str = "storybook"
    title: str | None = None
    options: dict[str, Any] = {}


class ArchivesTable(_Table):
    """``[archives]``: whose archives are taken in."""

    trusted_keys: Names = ()
    """Lines of public keys, or files of them relative to dss.toml."""

    require_signature: bool = False


class Config(_Table):
    """A whole ``dss.toml``, checked and complete."""

    project: ProjectTable = ProjectTable()
    platform: dict[str, PlatformTable] = {}
    figma: FigmaTable = FigmaTable()
    storybook: StorybookTable = StorybookTable()
    archives: ArchivesTable = ArchivesTable()
    lint: dict[str, Any] = {}
    limits: dict[str, int] = {}
    plugins: Names = ()


def load(text: str, *, file: str) -> Config:
    """Reads a ``dss.toml``.

    Raises:
        InputError: With every fault: code, key path, line and hint.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax(str(error), file)) from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise InputError(*(_fault(detail, text, file) for detail in error.errors(include_url=False))) from error


def _syntax(text: str, file: str) -> Diagnostic:
    match = re.search(r" \(at line (\d+), column (\d+)\)", text)
    span = None
    if match:
        line, column = int(match.group(1)), int(match.group(2))
        span = Span(line, column, line, column + 1)
        text = text.replace(match.group(), "")
    return Diagnostic(code="DSS301", message=f"not TOML: {text[:1].lower()}{text[1:]}", file=file, span=span)


def _fault(detail: Any, text: str, file: str) -> Diagnostic:
    keys = tuple(
        str(part) for part in detail["loc"] if part not in ("bool", "str", "literal['auto']") and "[" not in str(part)
    )
    path = ".".join(keys)
    if detail["type"] == "extra_forbidden":
        close = get_close_matches(keys[-1], _known(keys[:-1]), 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else "known: " + ", ".join(_known(keys[:-1]))
        message, code = f"unknown key {path}", "DSS302"
    else:
        said = detail["msg"]
        message, code, hint = f"{path}: {said[:1].lower()}{said[1:]}", "DSS303", None
    return Diagnostic(code=code, message=message, hint=hint, path=path, file=file, span=_place(keys, text))


def _known(keys: tuple[str, ...]) -> list[str]:
    tables: dict[str, type[BaseModel]] = {
        "project": ProjectTable, "platform": PlatformTable, "figma": FigmaTable, "storybook": StorybookTable,
        "archives": ArchivesTable,
    }  # fmt: skip
    model = tables.get(keys[0], Config) if keys else Config
    return list(model.model_fields)


def _place(keys: tuple[str, ...], text: str) -> Span | None:
    """Where a key stands. The parser of the standard library gives no positions, so its table is searched."""
    table = ".".join(keys[:-1])
    here = ""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            here = re.sub(r'["\' ]', "", stripped.strip("[] "))
            if here == ".".join(keys):
                return Span(number, 1, number, len(line) + 1)
        match = re.match(r'\s*(["\']?)([\w.-]+)\1\s*=', line)
        full = f"{here}.{match.group(2)}" if match and here else match.group(2) if match else ""
        if match and full == (f"{table}.{keys[-1]}" if table else keys[-1]):
            return Span(number, match.start(2) + 1, number, match.end(2) + 1)
    return None
