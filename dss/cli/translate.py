"""``dss translate``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dss_tokens.diagnostics import Diagnostic, has_errors

from .. import files
from ..dependencies import recording
from .options import (
    config_option,
    dialect_option,
    input_option,
    json_option,
    resolver_option,
    sources_argument,
    strict_option,
)
from .output import conclude, note, progress

if TYPE_CHECKING:
    from ..config import Config
    from ..project import Project
    from ..service.plan import Plan
    from ..service.reading import Memory
    from ..service.translating import Resolve, Translator
    from ..service.unchanged import Note


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
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, until interrupted.")
@strict_option
@dialect_option
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
    watch: bool,
    strict: bool,
    dialect: str | None,
    as_json: bool,
) -> None:
    """Write tokens as CSS, SCSS, JSON and more; several formats read and resolve once.

    \b
    Examples:
      dss translate tokens --to css --to scss -o build
      dss translate --config dss.toml --platform web
      dss translate --config style-dictionary.json
      dss translate --watch
    """
    if watch and (check or as_json):
        raise click.UsageError(f"--watch and {'--check' if check else '--json'} exclude each other")
    known = None
    if not watch and (config is None or config.suffix == ".toml"):
        known = _note(config, sources, to, output, resolver, inputs, prefix, references, names, strict, dialect)
        if (same := known.recall()) is not None:
            _report(same.files, (), same.diagnostics, check=check, as_json=as_json)
            return
    build: Callable[[set[Path] | None], Plan]
    if config is not None and _is_style_dictionary(config):
        build = partial(_as_style_dictionary, config, names, output)
    else:
        build = _Build(sources, to, output, config, resolver, inputs, prefix, references, names, strict, dialect, watch)
    if watch:
        from .translate_watch import keep_building

        keep_building(build)
    with recording() as record:
        made = build(None)
    if not check and not has_errors(made.diagnostics):
        made.apply()
        if known is not None:
            known.keep(record, made.files, made.diagnostics)
    _report(made.files, made.changed, made.diagnostics, check=check, as_json=as_json)


def _note(config: Path | None, *options: object) -> Note:
    """What is noted of the last build with the same options."""
    from ..project import find_project, named_config
    from ..service.unchanged import Note
    from ..wiring import finish_interrupted

    project = named_config(config) if config is not None else find_project()
    finish_interrupted(project)
    # A configuration that is found counts for less beside --to than one that is named.
    return Note(project.root, [project.root.resolve(), project.config_file, config is not None, *options])


def _is_style_dictionary(config: Path) -> bool:
    from ..service import style_dictionary

    return style_dictionary.is_configuration(config)


def _as_style_dictionary(config: Path, names: tuple[str, ...], output: Path | None, changed: set[Path] | None) -> Plan:
    from .. import wiring
    from ..service import style_dictionary

    with progress() as step:
        step(f"building {config}")
        made = style_dictionary.plan(wiring.style_dictionary(), config, platforms=names, output=output)
    return made._replace(diagnostics=[*_without_effect(config), *made.diagnostics])


_FOR_OTHERS = {
    "sources": "SOURCE", "to": "--to", "resolver": "--resolver", "inputs": "--input", "prefix": "--prefix",
    "references": "--references", "dialect": "--dialect",
}  # fmt: skip
"""What a Style Dictionary configuration says itself."""


def _without_effect(config: Path) -> Iterator[Diagnostic]:
    given = click.get_current_context().params
    named = [flag for name, flag in _FOR_OTHERS.items() if given[name] not in (None, (), {})]
    if named:
        yield Diagnostic(
            code="DSS358",
            severity="warning",
            message=f"{', '.join(named)} has no effect beside a Style Dictionary configuration",
            hint="say it in the configuration, or write a dss.toml",
            file=files.shown(config),
        )


@dataclass
class _Build:
    """What the options ask for; made again in a watch, with what has not changed since."""

    sources: tuple[str, ...]
    to: tuple[str, ...]
    output: Path | None
    config: Path | None
    resolver: Path | None
    inputs: dict[str, str]
    prefix: str | None
    references: bool | None
    names: tuple[str, ...]
    strict: bool
    dialect: str | None
    remembers: bool
    memory: Memory | None = None
    resolve: Resolve | None = None
    literals: Any = None
    tokens: frozenset[Path] = frozenset()
    """The files that the tokens of the last build stood in."""

    def __call__(self, changed: set[Path] | None) -> Plan:
        """The files, made in memory; *changed* names what is not as in the last build."""
        from .. import wiring
        from ..project import find_project, named_config
        from ..service import translating

        project = named_config(self.config) if self.config is not None else find_project()
        settings = project.config if self.config is not None or not self.to else None
        translator = wiring.translator()
        config_file = None if settings is None else project.config_file
        with translating.placed_in(config_file, sources=not self.sources):
            if settings is not None and settings.plugins:
                self.tokens |= wiring.load_plugins(project, changed or ())
            made = self._planned(project, settings, translator, changed)
        return made._replace(diagnostics=translating.placed(made.diagnostics, config_file))

    def _planned(
        self, project: Project, settings: Config | None, translator: Translator, changed: set[Path] | None
    ) -> Plan:
        from ..service import translating

        platforms = translating.platforms_for(
            translator, settings, to=self.to, names=self.names, prefix=self.prefix, references=self.references,
            root=project.root,
        )  # fmt: skip
        with progress() as step:
            resolve = self.resolve
            if resolve is None or changed is None or any(map(self._matters, changed)):
                step("reading")
                resolve = self._resolve(project, changed)
            else:  # templates alone
                platforms = [platform for platform in platforms if platform.template is not None]
            step("translating")
            in_build = self.to or settings is None or not settings.platform
            folder = self.output or (Path("build") if in_build else project.root)
            made = translating.plan(translator, platforms, folder, resolve, self.literals)
            if self.remembers:
                self.literals = made.literals
            return made

    def _matters(self, path: Path) -> bool:
        """Whether the tokens depend on a file, or could: it may be a new one."""
        return path in self.tokens or path.suffix in (*files.SUFFIXES, ".toml", ".py")

    def _resolve(self, project: Project, changed: set[Path] | None) -> Resolve:
        from .. import wiring
        from ..service import translating
        from ..service.reading import Memory

        if self.remembers:
            self.memory = self.memory or Memory()
            self.memory.forget(changed or ())
        reading = wiring.read(
            self.sources, self.resolver, project=project, strict=self.strict, dialect=self.dialect, memory=self.memory
        )
        resolve = translating.resolver(reading, self.inputs, strict=self.strict)
        if self.remembers:
            self.resolve = resolve
            own = () if project.config_file is None else (project.config_file,)
            self.tokens = frozenset(path.absolute() for path in (*reading.files, *own))
        return resolve


def _report(
    made: Collection[Path], differing: Collection[Path], diagnostics: Sequence[Diagnostic], *, check: bool,
    as_json: bool,
) -> None:  # fmt: skip
    changed = set(differing)
    document = {"files": [{"path": files.shown(path), "changed": path in changed} for path in made]}
    conclude(diagnostics, document, as_json=as_json)
    if not as_json:
        for path in made:
            what = ("would change" if check else "written") if path in changed else "unchanged"
            note(f"{files.shown(path)}: {what}")
    if check and changed:
        click.get_current_context().exit(1)
