"""Conflicts decided by a person at a terminal, one by one."""

from __future__ import annotations

import json
from typing import Any

import click

from dss_tokens.json_equality import ABSENT
from dss_tokens.merge import Answer, Conflict
from dss_tokens.merge.conflicts import sentence

from .rendering import escaped
from .swatches import brief, described

_LETTERS = {"l": "local", "r": "remote", "b": "base", "v": "value", "s": "skip", "q": "quit"}


class Interview:
    """A merge strategy that asks. After "quit" the remaining conflicts stay open."""

    def __init__(self, *, names: tuple[str, str] = ("local", "remote")) -> None:
        """Args:
        names: What the two sides are called.
        """
        self.names = names
        self.asked = 0
        self.has_quit = False

    def __call__(self, conflict: Conflict, /) -> Answer | None:
        """Shows both sides and waits for a letter."""
        if self.has_quit or conflict.field == "order":
            return None
        self.asked += 1
        self.show(conflict)
        letters = [letter for letter in _LETTERS if letter != "b" or conflict.base is not ABSENT]
        shown = ", ".join(f"[{letter}]{_LETTERS[letter][1:]}" for letter in letters)
        while True:
            letter = click.prompt(f"{shown}", type=click.Choice(letters), show_choices=False, err=True)
            if letter == "q":
                self.has_quit = True
                return None
            if letter == "s":
                return None
            if letter != "v":
                return Answer(_LETTERS[letter])  # type: ignore[arg-type]
            found, value = self.value()
            if found:
                return Answer("value", value)

    def show(self, conflict: Conflict) -> None:
        """One conflict on stderr: what happened, then each side."""
        head = f"{conflict.set}: " if conflict.set else ""
        click.echo(f"\n{self.asked}. {escaped(head + sentence(conflict, brief))}", err=True)
        rows: tuple[tuple[str, Any], ...] = (
            ("base", conflict.base), (self.names[0], conflict.local), (self.names[1], conflict.remote)
        )  # fmt: skip
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            if value is not ABSENT or name != "base":
                text = "(not there)" if value is ABSENT else described(value)
                click.echo(f"   {name:<{width}}  {text}", err=True)

    def value(self) -> tuple[bool, Any]:
        """A value typed as JSON; plain text counts as text."""
        typed = click.prompt("value (JSON, or plain text)", err=True)
        try:
            return True, json.loads(typed)
        except ValueError:
            if typed[:1] in '[{"':
                click.echo("that is no JSON", err=True)
                return False, None
            return True, typed
