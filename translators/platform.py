"""One output: a format, what it is called, which tokens it takes, how they are named and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.resolve.answers import ResolvedToken

from .effects import NONE, Effects, Rule
from .matching import EVERY, Match
from .naming import PLAIN, NameRules


class Template(NamedTuple):
    """A Jinja template of the user's own."""

    file: str
    """As shown to people, and as :attr:`load` knows it."""

    load: Callable[[str], tuple[str, str]]
    """Gives the text of the template, or of one it includes, and its file as shown to people."""


Transform = Callable[[ResolvedToken, "Platform"], ResolvedToken]
"""Gives a token with another value; an alias arrives with what became of its target."""


class Platform(NamedTuple):
    """What ``[platform.<name>]`` or ``--to`` says, checked and complete."""

    name: str
    format: str
    """A registered name, e.g. ``css/variables``."""

    out: str
    """The file to write, relative; a folder for formats of several files."""

    prefix: str = ""
    references: bool | str = True
    """Keep aliases as references where the language has them; ``all``: also those to tokens of other files."""

    root_selector: str = ":root"
    selectors: Mapping[str, str] = {}
    """``modifier=context`` -> the selector of its block."""

    media: Mapping[str, str] = {}
    """``modifier=context`` -> a media query around the block, instead of a selector."""

    inputs: Mapping[str, str] = {}
    """Contexts chosen for this output alone."""

    filter: Match = EVERY
    """Which tokens are written."""

    naming: NameRules = PLAIN
    sort: str = "source"
    """The order of the tokens: ``source``, ``name``, ``path``."""

    effects: Effects = NONE
    """How all tokens are written."""

    rules: Sequence[Rule] = ()
    """How tokens that match are written; a later rule wins."""

    transforms: Sequence[Transform] = ()
    template: Template | None = None
    options: Mapping[str, Any] = {}

    @property
    def is_plain(self) -> bool:
        """Whether every token is written, as it was resolved."""
        return self.filter == EVERY and self.effects == NONE and not self.rules and not self.transforms
