"""``dss translate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dss_tokens.diagnostics import has_errors

from .options import (
    config_option,
    input_option,
    json_option,
    resolver_option,
    sources_argument,
    strict_option,
)
from .output import conclude, note, progress

if TYPE_CHECKING:
    from ..service.translating import Plan


@click.command("translate")
@sources_argument
@click.option("--to", "to", multiple=True, metavar="FMT", help="A format, e.g. css, scss, json; repeatable.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write.  [default: build, or what the configuration says]",
)
@config_option
@resolver_option
@input_option
@click.option("--prefix", metavar="P", help="Put P- before every name.")
@click.option(
    "--references/--no-references",
    default=None,
    help="Keep aliases as references where the language has them (the default).",
)
@click.option(
    "-p",
    "--platform",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this platform of the configuration; repeatable.",
)
@click.option("--check", is_flag=True, help="Write nothing; status 1 if a file would change.")
@strict_option
@json_option
def command(
    sources: tuple[str, ...],
    to: tuple[str, ...],
    output: Path | None,
    config: Path | None,
    resolver: Path | None,
    inputs: dict[str, str],
    prefix: str | None,
    references: bool | None,
    names: tuple[str, ...],
    check: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Write tokens as CSS, SCSS, JSON and more; several formats read and resolve once.

    \b
    Examples:
      dss translate tokens --to css --to scss -o build
      dss translate --config dss.toml --platform web
      dss translate --config style-dictionary.json
    """
    from ..service import style_dictionary

    if config is not None and style_dictionary.is_configuration(config):
        made = _as_style_dictionary(config, names, output)
    else:
        made = _planned(sources, to, output, config, resolver, inputs, prefix, references, names, strict)
    if not check and not has_errors(made.diagnostics):
        from ..service import translating

        translating.apply(made)
    _report(made, check=check, as_json=as_json)


def _as_style_dictionary(config: Path, names: tuple[str, ...], output: Path | None) -> Plan:
    from .. import wiring
    from ..service import style_dictionary

    with progress() as step:
        step(f"building {config}")
        return style_dictionary.plan(wiring.style_dictionary(), config, platforms=names, output=output)


def _planned(
    sources: tuple[str, ...], to: tuple[str, ...], output: Path | None, config: Path | None, resolver: Path | None,
    inputs: dict[str, str], prefix: str | None, references: bool | None, names: tuple[str, ...], strict: bool,
) -> Plan:  # fmt: skip
    from .. import wiring
    from ..project import find_project, named_config
    from ..service import translating

    project = named_config(config) if config is not None else find_project()
    settings = project.config if config is not None or not to else None
    translator = wiring.translator()
    if settings is not None and settings.plugins:
        wiring.load_plugins(project)
    platforms = translating.platforms_for(
        translator, settings, to=to, names=names, prefix=prefix, references=references, root=project.root
    )
    with progress() as step:
        step("reading")
        reading = wiring.read(sources, resolver, project=project, strict=strict)
        step("resolving")
        resolve = translating.resolver(reading, inputs, strict=strict)
        permutations = resolve({}, False)
        step("translating")
        folder = output or (Path("build") if to or settings is None or not settings.platform else project.root)
        return translating.plan(translator, permutations, platforms, folder, resolve)


def _report(made: Plan, *, check: bool, as_json: bool) -> None:
    from .. import files

    changed = set(made.changed)
    document = {"files": [{"path": files.shown(path), "changed": path in changed} for path in made.files]}
    conclude(made.diagnostics, document, as_json=as_json)
    if not as_json:
        for path in made.files:
            what = ("would change" if check else "written") if path in changed else "unchanged"
            note(f"{files.shown(path)}: {what}")
    if check and changed:
        click.get_current_context().exit(1)
