"""The ``dss`` command: the group of all commands, and the one place where a failure becomes a message.

``run`` never raises: each exception becomes diagnostics (:mod:`.failure`) on stderr, or with ``--json`` one
JSON document on stdout, and an exit status.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise, takewhile

import click

from .commands import GROUPS, SECTIONS
from .lazy import LazyGroup

COMPLETION_VARIABLE = "_DSS_COMPLETE"

CUT_OFF = 141
"""The status of a program that SIGPIPE ends (128 + 13): the reader of our output went away."""


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from ..version import PROGRAM

        click.echo(PROGRAM)
        context.exit()


cli = LazyGroup(
    "dss",
    sections=SECTIONS,
    groups=GROUPS,
    help="The design-token toolchain: Figma, DTCG, CSS, SCSS, JSON and more from one command.",
    epilog="'dss COMMAND --help' tells more about a command, 'dss explain CODE' about a diagnostic.",
)
cli.params.append(
    click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_version,
        help="Show the version and exit.",
    )
)


def run(arguments: Sequence[str]) -> int:
    """Do what *arguments* say and return the exit status (contract, section 2). Never raises.

    Args:
        arguments: The words after the program's name.
    """
    _prepare_streams()
    words = list(arguments)
    try:
        status = _invoke(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
        return CUT_OFF
    except OSError as error:  # stdout itself cannot be written, e.g. the disk is full
        _drop_stdout()
        return _report(error)
    return status


def _invoke(words: list[str]) -> int:
    context: click.Context | None = None
    try:
        if instruction := os.environ.get(COMPLETION_VARIABLE):
            from click.shell_completion import shell_complete

            return shell_complete(cli, {}, "dss", COMPLETION_VARIABLE, instruction)
        if any("\0" in word for word in words):  # only from another program: a shell passes none
            raise click.UsageError("no name holds a null character")
        context = cli.make_context("dss", words.copy())
        with context:
            cli.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- the door
        return _report(error, words, context)
    return 0


def wants_json(words: Sequence[str]) -> bool:
    """Whether *words* ask for JSON. Read from the words as typed: a usage error leaves nothing parsed."""
    options = list(takewhile(lambda word: word != "--", words))
    return "--json" in options or "--format=json" in options or ("--format", "json") in pairwise(options)


def _report(error: BaseException, words: Sequence[str] = (), context: click.Context | None = None) -> int:
    """Print *error* as diagnostics and return its exit status."""
    from .failure import diagnosed
    from .output import PRINTED, emit_json, located, warn

    status, diagnostics = diagnosed(error)
    # A command that printed its document and failed afterwards must not print a second one.
    if wants_json(words) and not (context and PRINTED in context.meta):
        emit_json({"diagnostics": [found.to_json() for found in located(diagnostics)]})
    else:
        warn(diagnostics)
    return status


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale says: output is byte-identical everywhere. A closed stream is a null one."""
    # In Python they are None when the shell closed them (>&-), whatever their types say.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Half a surrogate pair, as in a file's name, becomes \\udcxx: legal inside JSON, too.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _drop_stdout() -> None:
    """Send what is still buffered to nowhere: the interpreter flushes once more on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
