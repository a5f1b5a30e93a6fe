"""The modifiers of ``dss.toml``: contexts that tokens keep in themselves, or that have files of their own."""

from __future__ import annotations

from dss_tokens.resolve.modes import Choice, with_choices, with_values

from .. import files
from ..config import ModifierTable
from ..project import Project, sources_of
from .reading import Reader, Reading


def read_with_modifiers(reader: Reader, project: Project, given: tuple[str, ...]) -> Reading:
    """What *project* names, with the modifiers it configures.

    Raises:
        InputError: A file cannot be found or read.
    """
    config = project.config
    assert config is not None
    members = {at for table in config.modifier.values() for at in table.at if at[:1] != "$"}
    if members:
        understood = reader.understood
        reader.understood = lambda document: with_values(understood(document), members)
    if config.project.resolver:
        reading = reader.resolver(project.root / config.project.resolver)
    else:
        reading = reader.sources(sources_of(project, given))
    return _with_modifiers(reading, reader, project)


def _with_modifiers(reading: Reading, reader: Reader, project: Project) -> Reading:
    config, file = project.config, project.config_file
    assert config is not None and file is not None
    opened = list(reading.files)
    found = list(reading.diagnostics)
    choices = []
    for name, modifier in config.modifier.items():
        sources = {}
        for context, patterns in modifier.files.items():
            read = reader.sources(files.find_sources(patterns, project.root))
            sources[context] = tuple(source.tokens for source in read.sources)
            opened += read.files
            found += read.diagnostics
        choices.append(Choice(name, _contexts(modifier), _default(modifier), modifier.at, sources))
    documents = [source.tokens for source in reading.sources]
    table = config.project
    resolver = with_choices(
        documents, reading.resolver, choices, file=files.shown(file), alpha=table.alpha, paths=table.filter
    )
    return reading._replace(resolver=resolver, files=tuple(dict.fromkeys(opened)), diagnostics=found)


def _contexts(table: ModifierTable) -> dict[str, tuple[str, ...]]:
    return {**table.contexts, **{name: (name,) for name in table.files if name not in table.contexts}}


def _default(table: ModifierTable) -> str:
    return table.default or next(iter(_contexts(table)))
