"""A click group that knows its commands by name and imports a command's module only to run it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

PACKAGE = __package__


def module_name(*words: str) -> str:
    """The module of a command, e.g. ``("figma", "pull")`` -> ``dss.cli.figma_pull``."""
    name = "_".join(words).replace("-", "_")
    return f"{PACKAGE}.{name}_" if iskeyword(name) else f"{PACKAGE}.{name}"


class LazyGroup(click.Group):
    """Commands by heading; their modules are imported when invoked, never for help or completion."""

    def __init__(
        self,
        name: str,
        *,
        sections: Mapping[str, Mapping[str, str]],
        groups: Mapping[str, Mapping[str, str]] | None = None,
        prefix: tuple[str, ...] = (),
        help: str | None = None,
        epilog: str | None = None,
    ) -> None:
        """Args:
        sections: Heading -> command -> one-line help.
        groups: Command -> its own commands with their help.
        prefix: The names of the groups above the commands, for their modules' names.
        """
        super().__init__(name, help=help, epilog=epilog)
        self.sections = sections
        self.groups = groups or {}
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the help."""
        return [name for section in self.sections.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now; ``None`` for an unknown name."""
        short = self._short_help(cmd_name)
        if short is None:
            return None
        if cmd_name in self.groups:
            sections = {"Commands": self.groups[cmd_name]}
            return LazyGroup(cmd_name, sections=sections, prefix=(*self.prefix, cmd_name), help=short)
        command = import_module(module_name(*self.prefix, cmd_name)).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name names the nearest known one without importing any."""
        name = args[0]
        if self._short_help(name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(ctx), n=1)
            ctx.fail(f"no such command '{name}'" + (f"; did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the headings with their commands."""
        for heading, section in self.sections.items():
            with formatter.section(heading):
                # Padded to the longest name of all, so that the columns of the headings line up.
                width = max(map(len, self.list_commands(ctx)))
                formatter.write_dl([(name.ljust(width), text) for name, text in section.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and options that begin with *incomplete*."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=self._short_help(name))
            for name in self.list_commands(ctx)
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def _short_help(self, name: str) -> str | None:
        return next((section[name] for section in self.sections.values() if name in section), None)
