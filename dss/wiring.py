"""The composition root: the only importer of the adapters, each when first asked for.

So ``dss --help`` stays quick, services are handed what they need, and a stranger's package of the same name is
found before it does harm (:mod:`.installation`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .project import Project, find_project, sources_of

if TYPE_CHECKING:
    from dss_tokens.resolve.documents import Resolver

    from .export_import.locations import Location
    from .service.figma_project import FigmaProject
    from .service.reading import Assembly, Memory, Reader, Reading


_OTHERS = ("tokens-studio", "figma", "style-dictionary")


def reader(*, strict: bool = False, dialect: str | None = None, memory: Memory | None = None) -> Reader:
    """A reader of token files that knows every dialect."""
    from .service.reading import Assembly, Reader

    def understood(document: Any) -> Any:
        """A decoded file as DTCG. The root tells most dialects, so that few runs import any."""
        is_foreign = _is_foreign(document)
        if dialect is not None:
            is_plain = dialect == "dtcg" and not is_foreign
            return document if is_plain else converter().dialects.get(dialect).read(document)
        for name in (*_offered_dialects(), *(_OTHERS if is_foreign else ())):
            found = converter().dialects.get(name)
            if found.recognises(document):
                return found.read(document)
        return document

    def assembled(documents: Mapping[str, Any]) -> Assembly | None:
        """Files of one dialect that belong together."""
        if dialect not in (None, "tokens-studio", "figma") or not any(map(_belongs, documents, documents.values())):
            return None
        dialects = converter().dialects
        for name in ("tokens-studio", "figma"):
            if dialect in (None, name) and (found := dialects.get(name).assembled(documents)) is not None:
                return Assembly(*found)
        return None

    return Reader(strict=strict, understood=understood, assembled=assembled, completed=_completed, memory=memory)


def _belongs(name: str, document: Any) -> bool:
    """Whether a file says that it is a part of something."""
    return name.rpartition("/")[2] == "$themes.json" or (_is_foreign(document) and "$themes" not in document)


def _completed(document: Any, resolver: Resolver) -> Resolver:
    """A resolver that does the arithmetic of Tokens Studio, where its tokens come from there."""
    extensions = document.get("$extensions") if isinstance(document, dict) else None
    ours = extensions.get("dss") if isinstance(extensions, dict) else None
    if not isinstance(ours, dict) or "tokens-studio" not in ours:
        return resolver
    converter()
    from translators.tokens_studio.calculating import calculating

    return calculating(resolver)


def _offered_dialects() -> list[str]:
    """The dialects of plug-ins that are loaded."""
    import sys

    plugins = sys.modules.get("dss.service.plugins")
    return plugins.entered(registries()["dss.dialects"]) if plugins is not None else []


def _is_foreign(document: Any) -> bool:
    """Whether a file's root looks like another tool's."""
    if not isinstance(document, dict):
        return False
    extensions = document.get("$extensions")
    extensions = extensions if isinstance(extensions, dict) else {}
    ours = extensions.get("dss")
    is_converted = "kept" in ours if isinstance(ours, dict) else False
    is_export = "com.figma.modeName" in extensions or "com.figma.modeName" in document
    return "$themes" in document or "$metadata" in document or is_export or is_converted


def converter() -> Any:
    """The dialects, and what they exchange (:mod:`translators.materials`)."""
    from .installation import require

    require("translators")
    from translators import materials

    materials.dialects.others = _offer_others
    return materials


def read(
    given: tuple[str, ...], resolver: Path | None = None, *, project: Project | None = None, strict: bool = False,
    dialect: str | None = None, memory: Memory | None = None,
) -> Reading:  # fmt: skip
    """What a command works on: ``--resolver``, else its SOURCEs, else what the project names.

    *memory* keeps what is decoded for the next time.

    Raises:
        InputError: A file cannot be found or read.
    """
    project = project or find_project()
    finish_interrupted(project)
    if resolver is not None:
        return reader(strict=strict, dialect=dialect, memory=memory).resolver(resolver)
    config = None if given else project.config
    if config is not None and config.plugins:
        load_plugins(project)
    dialect = dialect or (config.project.dialect if config is not None else None)
    use = reader(strict=strict, dialect=dialect, memory=memory)
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


def read_version(path: Location) -> Reading:
    """Another version of the tokens: a file, a folder or an archive, read as SOURCEs are.

    Raises:
        InputError: It cannot be read.
        RefusedError: The archive is not safe or not whole.
    """
    if isinstance(path, Path) and path.suffix != ".dss":
        from . import files

        return reader().sources(files.find_sources((str(path),), Path()))
    from .service.versions import read_archive

    return read_archive(path, reader())


def translator() -> Any:
    """The translators, once their package is known to be ours."""
    from .installation import require

    require("translators")
    from translators import pipeline, registry

    registry.formats.others = registry.transforms.others = _offer_others
    return pipeline


def registries() -> dict[str, Any]:
    """Entry-point group -> the registry it adds to."""
    from .installation import require

    require("translators")
    from translators import conversion, registry

    return {
        "dss.formats": registry.formats,
        "dss.transforms": registry.transforms,
        "dss.dialects": conversion.dialects,
    }


def registry(group: str) -> Any:
    """The registry that an entry-point group adds to; nothing is imported for the others."""
    if group == "dss.lint_rules":
        from dss_tokens.lint import lint_rules

        return lint_rules
    if group == "dss.merge_strategies":
        from dss_tokens.merge import strategies

        return strategies
    return registries()[group]


def offered(group: str) -> Any:
    """The registry of *group* with what the project's plug-ins and other distributions add to it."""
    load_plugins(find_project())
    _enter_distributions((group,))
    return registry(group)


def load_plugins(project: Project, changed: Collection[Path] = ()) -> frozenset[Path]:
    """Loads the plug-ins that a ``dss.toml`` names, each once; gives the files among them.

    Those *changed* are loaded again.

    Raises:
        InputError: One cannot be found, or fails.
    """
    config = project.config
    if config is None or not config.plugins:
        return frozenset()
    from .service.plugins import forget, load

    forget(changed)
    return frozenset(path.absolute() for path in load(config.plugins, project.root))


def _offer_others() -> None:
    """Enters what the project's plug-ins and other distributions offer: when a name is not known, not before."""
    load_plugins(find_project())
    _enter_distributions(tuple(registries()))


@cache
def _enter_distributions(groups: tuple[str, ...]) -> None:
    """Once in a process: what is installed does not change."""
    from .service.plugins import entry_points

    entry_points({group: registry(group) for group in groups})


class FigmaAdapter:
    """The package that knows Figma, once it is known to be ours; each part is imported when first used."""

    def __init__(self) -> None:
        from .installation import require

        require("figma")

    @property
    def sources(self) -> Any:
        """What reads its answers (:mod:`figma.sources`)."""
        from figma import sources

        return sources

    def rules(self, plain: Mapping[str, Any], rem: float) -> Any:
        """Who is who in a token folder (:class:`figma.folder.rules.FolderRules`), by plain settings."""
        from figma.folder.rules import FolderRules

        return FolderRules(str(plain.get("color_profile", "srgb")), rem)

    @property
    def push(self) -> Any:
        """What plans a push (:mod:`figma.push`)."""
        from figma import push

        return push

    @property
    def program(self) -> str:
        """Name and version of this program: another version may read the same answer otherwise."""
        from .version import PROGRAM

        return PROGRAM

    def options(self, plain: Mapping[str, Any]) -> Any:
        """:class:`figma.options.PullOptions` of plain settings."""
        from figma.options import PullOptions

        return PullOptions(**plain)


def figma_project(
    project: Project, folder: Path, *, key: str = "", styles: bool | None = None, components: bool | None = None,
    base_url: str | None = None, on_wait: Any = None, saved: Sequence[Path] = (),
    saved_libraries: Mapping[str, Path] | None = None,
) -> FigmaProject:  # fmt: skip
    """A project's exchange with a Figma file; what is not given is as dss.toml says.

    Args:
        project: The project.
        folder: Its token folder.
        key: The file's key; ``""`` where only saved answers are read.
        styles: Take styles as well.
        components: Take components as well.
        base_url: Another server.
        on_wait: Is told before every wait.
        saved: Saved answers and exports to read instead of asking for variables.
        saved_libraries: The project's name of a library -> a saved answer of it.
    """
    from functools import partial

    from .service.figma_file import Wanted
    from .service.figma_project import FigmaProject
    from .service.sync import options_of

    table = project.config.figma if project.config is not None else None
    wanted = Wanted(
        key, dict(table.libraries) if table is not None and not saved else {},
        (table is not None and table.styles) if styles is None else styles,
        (table is not None and table.components) if components is None else components, options_of(table),
    )  # fmt: skip
    server = base_url or (table.base_url if table is not None else None)
    return FigmaProject(
        project=project, folder=folder, wanted=wanted, adapter=FigmaAdapter(), saved=saved, reader=reader,
        connect=partial(figma_client, project.root, base_url=server, on_wait=on_wait),
        saved_libraries=saved_libraries, rem=table.rem if table is not None else 16.0,
    )  # fmt: skip


def storybook() -> Any:
    """The generator of stories (:mod:`storybook_gen.api`), once its package is known to be ours."""
    from .installation import require

    require("storybook_gen")
    from storybook_gen import api

    return api


def read_components(answers: list[Any]) -> list[dict[str, Any]]:
    """The components of a Figma file, as fields of what the stories take.

    Args:
        answers: Decoded answers of ``GET files/:key/components`` and ``/component_sets``, or of ``GET files/:key``.
    """
    from .installation import require

    require("figma")
    from figma.components import read_components as read_answers

    sets = next((a for a in answers if isinstance(a, dict) and "component_sets" in (a.get("meta") or {})), None)
    rest = next((answer for answer in answers if answer is not sets), sets)
    return [
        {"name": c.name, "description": c.description, "properties": c.properties, "node": c.node}
        for c in read_answers(rest, sets)
    ]


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


def fake_figma(payloads: Mapping[str, Any], *, most_modes: int = 40) -> Any:
    """A stateful Figma of our own for tests and demos: file key -> answer of GET variables/local.

    Args:
        payloads: What it begins with.
        most_modes: Modes that a collection may have on its plan.
    """
    from .installation import require

    require("figma")
    from figma.fake.service import FakeFigma
    from figma.fake.state import FakeFile

    return FakeFigma({key: FakeFile(payload, most_modes=most_modes) for key, payload in payloads.items()})


def figma_webhooks() -> Any:
    """What Figma's webhooks send (:mod:`figma.webhooks`)."""
    from .installation import require

    require("figma")
    from figma import webhooks

    return webhooks
