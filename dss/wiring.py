"""The composition root: the only importer of the adapters, each when first asked for.

So ``dss --help`` stays quick, services are handed what they need, and a stranger's package of the same name is
found before it does harm (:mod:`.installation`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .project import Project, find_project, sources_of

if TYPE_CHECKING:
    from .service.reading import Reader, Reading


def reader(*, strict: bool = False, dialect: str | None = None) -> Reader:
    """A reader of token files that knows every dialect."""
    from .service.reading import Reader

    def understood(document: Any) -> Any:
        """A decoded file as DTCG. The root tells most dialects, so that few runs import any."""
        if dialect in (None, "dtcg") and not _is_foreign(document):
            return document
        dialects = converter().dialects
        names = [dialect] if dialect is not None else ["tokens-studio", "figma"]
        for name in names:
            found = dialects.get(name)
            if dialect is not None or found.recognises(document):
                return found.read(document)
        return document

    return Reader(strict=strict, understood=understood)


def _is_foreign(document: Any) -> bool:
    """Whether a file's root looks like another tool's."""
    if not isinstance(document, dict):
        return False
    extensions = document.get("$extensions")
    is_export = isinstance(extensions, dict) and "com.figma.modeName" in extensions
    return "$themes" in document or "$metadata" in document or is_export


def converter() -> Any:
    """The dialects, and what they exchange (:mod:`translators.conversion`)."""
    from .installation import require

    require("translators")
    from translators import conversion

    return conversion


def read(
    given: tuple[str, ...], resolver: Path | None = None, *, project: Project | None = None, strict: bool = False,
    dialect: str | None = None,
) -> Reading:  # fmt: skip
    """What a command works on: ``--resolver``, else its SOURCEs, else what the project names.

    Raises:
        InputError: A file cannot be found or read.
    """
    project = project or find_project()
    finish_interrupted(project)
    if resolver is not None:
        return reader(strict=strict, dialect=dialect).resolver(resolver)
    config = None if given else project.config
    use = reader(strict=strict, dialect=dialect or (config.project.dialect if config is not None else None))
    if config is not None and (config.modifier or config.project.alpha or config.project.filter):
        from .service.modifiers import read_with_modifiers

        return read_with_modifiers(use, project, given)
    if config is not None and config.project.resolver:
        return use.resolver(project.root / config.project.resolver)
    return use.sources(sources_of(project, given))


def finish_interrupted(project: Project) -> None:
    """Finishes or undoes what an import or merge left that was killed: nobody reads half of it.

    Raises:
        RemoteError: Another program is at work on the project.
    """
    if (project.root / ".dss" / "pending").is_dir():  # one look at the disk; what follows is imported when needed
        from .export_import.session import recover_project

        recover_project(project.root)


def read_version(path: Path) -> Reading:
    """Another version of the tokens: a file, a folder or an archive, read as SOURCEs are.

    Raises:
        InputError: It cannot be read.
        RefusedError: The archive is not safe or not whole.
    """
    if path.suffix != ".dss":
        from . import files

        return reader().sources(files.find_sources((str(path),), Path()))
    from .service.versions import read_archive

    return read_archive(path, reader())


def translator() -> Any:
    """The translators, once their package is known to be ours."""
    from .installation import require

    require("translators")
    from translators import pipeline

    return pipeline


def read_figma(documents: dict[str, Any], options: dict[str, Any]) -> Any:
    """The tokens of a saved Figma answer (:class:`figma.reader.Pulled`).

    Args:
        documents: File name -> decoded JSON.
        options: Of :class:`figma.options.PullOptions`.
    """
    from .installation import require

    require("figma")
    from figma.options import PullOptions
    from figma.reader import read_files

    return read_files(documents, PullOptions(**options))


def storybook() -> Any:
    """The generator of stories (:mod:`storybook_gen.api`), once its package is known to be ours."""
    from .installation import require

    require("storybook_gen")
    from storybook_gen import api

    return api


def stylesheets() -> Any:
    """What stories need of the translators: platforms, names, the stylesheet and the CSS texts of values."""
    from types import SimpleNamespace

    pipeline = translator()
    from translators import css_sheet, css_values
    from translators.registry import formats
    from translators.rendering import Names, Rendering

    return SimpleNamespace(
        make_platform=pipeline.make_platform, default_file=pipeline.default_file, Names=Names, Rendering=Rendering,
        formats=formats, css_values=css_values, identifiers=css_sheet.identifiers,
    )  # fmt: skip


def style_dictionary() -> Any:
    """The Style Dictionary engine."""
    from .installation import require

    require("translators")
    from translators import style_dictionary as engine

    return engine


def figma_client(root: Path, *, base_url: str | None = None, on_wait: Any = None) -> Any:
    """A client of the Figma API with the token of the environment (``FIGMA_TOKEN``, also of ``.env``).

    Raises:
        DssError: There is no token, or the address would send it in the clear.
    """
    from .environment import setting
    from .installation import require

    require("figma")
    from figma.client import API, FigmaClient

    return FigmaClient(setting("FIGMA_TOKEN", root) or "", base_url=base_url or API, on_wait=on_wait)


def figma_key(address: str) -> str:
    """The key of the file that a key or an address of Figma names."""
    from .installation import require

    require("figma")
    from figma.keys import parse_address

    return parse_address(address).key


def figma_push() -> Any:
    """The package that plans a push: :func:`figma.push.plan_push`, ``requests_of``, ``PushOptions`` …"""
    from .installation import require

    require("figma")
    from figma import push

    return push


def figma_pull_options(options: dict[str, Any]) -> Any:
    """:class:`figma.options.PullOptions` of plain settings."""
    from .installation import require

    require("figma")
    from figma.options import PullOptions

    return PullOptions(**options)


def fake_figma(payloads: dict[str, Any]) -> Any:
    """A stateful Figma of our own for tests and demos: file key -> answer of GET variables/local."""
    from .installation import require

    require("figma")
    from figma.fake.service import FakeFigma
    from figma.fake.state import FakeFile

    return FakeFigma({key: FakeFile(payload) for key, payload in payloads.items()})


def figma_webhooks() -> Any:
    """What Figma's webhooks send (:mod:`figma.webhooks`)."""
    from .installation import require

    require("figma")
    from figma import webhooks

    return webhooks
