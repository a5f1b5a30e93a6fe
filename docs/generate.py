"""Writes the pages that are made from the program: every command with its options, every diagnostic code.

python docs/generate.py        (make docs); a test fails when a page and the program differ
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from dss.cli.lazy import LazyGroup
from dss.cli.main import cli
from dss_tokens.codes import RANGES, explanations

FOLDER = Path(__file__).parent

TITLES = {
    "files": "1xx: files and JSON",
    "tokens": "2xx: tokens, references, resolver documents",
    "translation": "3xx: configuration and translation",
    "figma": "4xx: Figma",
    "service": "5xx: store, service, jobs, Storybook",
    "archives": "6xx: archives and merge",
    "lint": "7xx: lint",
    "installation": "9xx: installation and command line",
}
DIGITS = dict(zip(RANGES, "12345679", strict=True))


def pages() -> dict[str, str]:
    """File name -> text of each generated page."""
    return {
        "cli.md": commands_page(),
        "diagnostics.md": diagnostics_page(),
        "formats.md": formats_page(),
        "style-dictionary.md": style_dictionary_page(),
    }


def formats_page() -> str:
    """Every output format."""
    sys.path.insert(0, str(FOLDER))
    from formats_page import page

    return page()


def style_dictionary_page() -> str:
    """Every name of Style Dictionary with what dss does with it."""
    sys.path.insert(0, str(FOLDER))
    from style_dictionary_page import page

    return page()


def commands_page() -> str:
    """Every command: what it does, how it is called, its options."""
    parts = [
        "# Commands\n",
        "Made by `make docs` from the program itself; `dss COMMAND --help` prints the same.\n",
        "Results go to stdout, everything else to stderr. `--json` prints exactly one JSON document, also on failure."
        " Exit statuses: 0 done; 1 the input is wrong, or a check found something; 2 usage; 3 a remote failed;"
        " 4 refused for safety or integrity; 5 conflicts are left to decide; 130 interrupted.\n",
    ]
    root = click.Context(cli, info_name="dss")
    for heading, section in cli.sections.items():
        parts.append(f"## {heading}\n")
        for name in section:
            parts += _command(cli, name, root)
    return "\n".join(parts)


def _command(group: LazyGroup, name: str, parent: click.Context) -> Iterator[str]:
    command = group.get_command(parent, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent)
    if isinstance(command, LazyGroup):
        for inner in command.list_commands(context):
            yield from _command(command, inner, context)
        return
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f"### {context.command_path}\n"
    yield f"```text\n{usage}\n```\n"
    yield _prose(cleandoc(command.help or ""))
    options = [
        record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context))
    ]
    yield "| option | |\n| --- | --- |"
    yield "\n".join(f"| `{_cell(names)}` | {_cell(text)} |" for names, text in options) + "\n"


def _prose(text: str) -> str:
    """A command's help as Markdown; what stands after ``\\b`` keeps its lines."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b"):
            paragraphs.append("```text\n" + paragraph.removeprefix("\b").strip("\n") + "\n```")
        else:
            paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def diagnostics_page() -> str:
    """Every code with its explanation and example, by range."""
    parts = [
        "# Diagnostics\n",
        "Made by `make docs` from the program itself; `dss explain CODE` prints the same. Codes are stable: a code"
        " keeps its meaning, and no later release gives it another one.\n",
    ]
    for name in RANGES:
        entries = {code: entry for code, entry in explanations().items() if code[3] == DIGITS[name]}
        if entries:
            parts.append(f"## {TITLES[name]}\n")
        for code, entry in entries.items():
            parts.append(f"### {code}\n\n**{entry.title}.** {entry.text}\n")
            if entry.example:
                parts.append(f"```text\n{entry.example.rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
