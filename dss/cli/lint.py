"""``dss lint``: rules of taste and accessibility."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import resolver_option, sources_argument, strict_option
from .output import conclude, emit_text, note

if TYPE_CHECKING:
    from dss_tokens.lint import LintRule

    from ..service.linting import LintResult

MOST_PASSES = 3
"""A fix may bring another finding about; so often it is tried again."""


@click.command("lint")
@sources_argument
@resolver_option
@strict_option
@click.option("--fix", is_flag=True, help="Mend what can be mended; print what is left.")
@click.option("--rule", "only", multiple=True, metavar="NAME", help="Run this rule alone; repeatable.")
@click.option("--max-warnings", type=click.IntRange(0), metavar="N", help="Status 1 when there are more warnings.")
@click.option("--list", "listing", is_flag=True, help="List the rules with their levels and options.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True,
    help="How to print what was found.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(
    sources: tuple[str, ...], resolver: Path | None, strict: bool, fix: bool, only: tuple[str, ...],
    max_warnings: int | None, listing: bool, style: str, as_json: bool,
) -> None:  # fmt: skip
    """Check tokens against rules: names, contrast, references, contexts, and what [lint] in dss.toml asks for.

    Faults that 'dss validate' finds are listed, too. Status 1 when there is an error; most rules only warn.

    \b
    Examples:
      dss lint
      dss lint tokens --rule contrast --max-warnings 0
      dss lint --fix
    """
    from dss_tokens.lint import settings_of

    from .. import files, wiring
    from ..project import find_project
    from ..service.linting import lint_reading

    lint_rules = wiring.offered("dss.lint_rules")
    if listing:
        emit_text(_listing([lint_rules.get(name) for name in lint_rules.names()]))
        return
    project = find_project()
    config = project.config
    file = files.shown(project.config_file) if project.config_file is not None else None
    settings = settings_of(config.lint if config is not None else {}, file=file, only=only)
    found = lint_reading(wiring.read(sources, resolver, strict=strict), settings, strict=strict)
    fixed = 0
    for _ in range(MOST_PASSES if fix else 0):
        mended = _mend(found, sources, resolver, strict=strict)
        if not mended:
            break
        fixed += mended
        found = lint_reading(wiring.read(sources, resolver, strict=strict), settings, strict=strict)
    if fix and not as_json and style == "text":
        note(f"{fixed} fixed")
    _report(found, "json" if as_json else style, max_warnings)


def _mend(found: LintResult, sources: tuple[str, ...], resolver: Path | None, *, strict: bool) -> int:
    from .. import files, wiring
    from ..service.linting import mend
    from .output import warn

    if not found.fixes:
        return 0
    done = mend(wiring.read(sources, resolver, strict=strict), found.fixes, wiring.reader())
    files.write(done.contents)
    warn(done.diagnostics)
    return done.count


def _report(found: LintResult, style: str, max_warnings: int | None) -> None:
    warnings = sum(one.severity == "warning" for one in found.diagnostics)
    too_many = max_warnings is not None and warnings > max_warnings
    if style == "json":
        conclude(found.diagnostics, as_json=True)
    elif style != "text":
        from .reports import report

        report(found.diagnostics, style)
    else:
        conclude(found.diagnostics)
        note(f"{found.tokens} tokens: {'nothing found' if not found.diagnostics else 'no errors'}")
    if too_many:
        note(f"{warnings} warnings, more than {max_warnings}")
        click.get_current_context().exit(1)


def _listing(known: list[LintRule]) -> str:
    from .tables import table

    rows = []
    for rule in known:
        options = ", ".join(f"{name} = {value!r}" for name, value in rule.options.items())
        rows.append((rule.name, rule.code, rule.level, options))
    return table(("rule", "code", "level", "options"), rows)
