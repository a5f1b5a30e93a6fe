"""One configuration and its documents -> files: the pipeline of Style Dictionary 5.5.5."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from posixpath import normpath
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic, Related, Severity, has_errors
from dss_tokens.errors import InputError
from dss_tokens.output import OutputFile
from dss_tokens.source import Location

from .action import Copy, actions
from .config import Config, ConfigError, Expand, File, Log, PlatformConfig, platform_names
from .dictionary import Dictionary, tree_of
from .ecmascript.values import normalized
from .expand import expanded, misspelt_types
from .filter import Filter, filters, matching, unknown_member
from .format import NESTED, FormatError, Output, formats
from .graph import Graph, graph_of
from .merging import lay_over
from .name_collisions import collisions
from .names import transforms_of, unknown_names
from .paths import joined
from .platform import transformed
from .preprocessor import preprocess
from .tokens import SourceDocument, TokenMap, flattened, read_tokens
from .transform import Setting, Token


class BuildError(InputError):
    """Tokens that cannot be built; holds every fault."""


class BuildResult(NamedTuple):
    """What a build would write. Nothing has been written."""

    files: tuple[OutputFile, ...]
    actions: tuple[Copy, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Warnings only: with an error there is no result."""


class Assets(NamedTuple):
    """The files that tokens name."""

    read: Callable[[str], bytes] | None = None
    """Gives the bytes of one; may raise :class:`OSError`."""

    working_directory: str = ""
    """What ``asset/path`` puts before paths."""


def run(
    config: Config,
    sources: Sequence[SourceDocument],
    platforms: Sequence[str] | None,
    assets: Assets,
    *,
    layered: bool = False,
) -> BuildResult:
    """What one configuration makes of *sources*; see :func:`~translators.style_dictionary.build`.

    With *layered*, sources override each other in their order, as token sets do.
    """
    wanted = platform_names(config, platforms)
    faults = [*unknown_names(config, wanted), *_unbuildable(config, wanted)]
    if faults:
        raise ConfigError(*faults)
    tokens, found = read_tokens(config, sources, layered=layered)
    if not config.platforms and config.log.level() is not None:
        message = "the configuration has no platforms: nothing is written"
        found.append(Diagnostic(code="DSS354", severity="warning", message=message, file=config.file, at=()))
    if config.expand is not None:
        found += _misspelt(config, config.expand, tokens, ("expand",))
        tokens = expanded(tokens, config.expand)
        # The original makes a tree here, which leaves its mark: a token below a token becomes its member.
        tree_of(tokens.tokens.values(), tokens.value_key)
    made = _Run(config, tokens, [*config.diagnostics, *found], assets)
    for platform in wanted:
        made.platform(platform)
    return made.result()


def _unbuildable(config: Config, platforms: Sequence[PlatformConfig]) -> Iterator[Diagnostic]:
    for platform in platforms:
        at = ("platforms", platform.name)
        if platform.files is None:
            message = f"the platform {platform.name} has no files"
            hint = "give it files, each with destination and format"
            yield Diagnostic(code="DSS354", message=message, hint=hint, file=config.file, at=at)
        for index, file in enumerate(platform.files or ()):
            if not file.format:
                message = f"platforms.{platform.name}.files.{index} has no format"
                where = (*at, "files", index)
                yield Diagnostic(code="DSS354", message=message, file=config.file, at=where)


def _misspelt(config: Config, expand: Expand, tokens: TokenMap, at: Location) -> Iterator[Diagnostic]:
    for where, name, near in misspelt_types(expand, tokens):
        message = f"{'.'.join(map(str, (*at, *where)))}: no token has the type {name}"
        yield Diagnostic(
            code="DSS352", message=message, hint=f"did you mean {near}?", file=config.file, at=(*at, *where)
        )


class _Run:
    def __init__(
        self,
        config: Config,
        tokens: TokenMap,
        diagnostics: list[Diagnostic],
        assets: Assets,
    ) -> None:
        self.config = config
        self.tokens = tokens
        self.assets = assets
        self.files: dict[str, OutputFile] = {}
        self.places: dict[str, Location] = {}
        """Where in the configuration each of them stands."""
        self.actions: list[Copy] = []
        self.diagnostics: dict[Diagnostic, None] = dict.fromkeys(diagnostics)
        self.graphs: dict[int, Graph] = {}

    def result(self) -> BuildResult:
        found = tuple(self.diagnostics)
        if has_errors(found):
            raise BuildError(*found)
        return BuildResult(tuple(self.files.values()), tuple(self.actions), found)

    def note(self, found: Diagnostic, level: str | None) -> None:
        """Add a warning at the severity the configuration gives it, once."""
        if level is not None:
            severity: Severity = "error" if level == "error" else "warning"
            self.diagnostics[replace(found, severity=severity)] = None

    def platform(self, platform: PlatformConfig) -> None:
        dictionary = self.dictionary(platform)
        if dictionary is None:
            return
        log = self.config.log.merged(platform.log)
        for index, file in enumerate(platform.files or ()):
            self.file(file, platform, dictionary, log, ("platforms", platform.name, "files", index))
        for name in platform.actions:
            if (action := actions.get(name)) is not None:
                self.actions += action(dictionary, platform)

    def dictionary(self, platform: PlatformConfig) -> Dictionary | None:
        """The platform's tokens; ``None`` where references are broken and that is an error."""
        config, tokens = self.config, self.tokens
        if platform.preprocessors:
            tree = tokens.tree or tree_of([dict(token) for token in tokens.tokens.values()], tokens.value_key)
            fresh = flattened(preprocess(normalized(tree), platform.preprocessors, platform.data), tokens.uses_dtcg)
            tokens = replace(fresh, documents=tokens.documents)
        if platform.expand is not None:
            at = ("platforms", platform.name, "expand")
            self.diagnostics.update(dict.fromkeys(_misspelt(config, platform.expand, tokens, at)))
            tokens = expanded(tokens, platform.expand)
        graph = self.graph(tokens)
        if graph.faults:
            throws = config.log.broken_references == "throw"
            if throws or config.log.verbosity != "silent":
                for fault in graph.faults:
                    self.note(_in_files(fault, config.file), "error" if throws else "warning")
            if throws:
                return None
        return transformed(tokens, graph, transforms_of(config, platform), self.setting(platform))

    def graph(self, tokens: TokenMap) -> Graph:
        if tokens is not self.tokens:
            return graph_of(tokens)
        if id(tokens) not in self.graphs:
            self.graphs[id(tokens)] = graph_of(tokens)
        return self.graphs[id(tokens)]

    def setting(self, platform: PlatformConfig) -> Setting:
        def warn(code: str, token: Token, message: str) -> None:
            key = token["key"]
            file = token.get("filePath")
            at = (*self.tokens.place(key, file), self.tokens.value_key)
            found = Diagnostic(code=code, message=message, path=key[1:-1], file=file or self.config.file, at=at)
            self.note(found, self.config.log.level())

        return Setting(
            value_key=self.tokens.value_key,
            type_key=self.tokens.type_key,
            prefix=platform.prefix,
            base_font_px=platform.base_font_px,
            platform=platform.data,
            working_directory=self.assets.working_directory,
            read_asset=self.assets.read,
            warn=warn,
        )

    def file(self, file: File, platform: PlatformConfig, dictionary: Dictionary, log: Log, at: Location) -> None:
        keep = _filter(file)
        everything = dictionary.tokens
        try:
            if keep is not None:
                dictionary = dictionary.filtered(keep)
            empty_too = platform.empty_too if file.empty_too is None else file.empty_too
            if not dictionary.tokens and keep is not None and not empty_too:
                message = f"no tokens for {file.destination}: the file is not written"
                hint = unknown_member(file.filter, everything) if isinstance(file.filter, Mapping) else None
                self.tell("DSS364", message, log, at, hint)
                return
            output = _output(self.config, file, platform, dictionary)
            write = formats.get(file.format or "")
            if write is None:  # refused before
                return
            text = write(output)
        except FormatError as error:
            raise FormatError(*(_placed(found, self.config.file, at) for found in error.diagnostics)) from error
        self.check(file, output, log, at)
        if text and not file.destination:
            message = f"a file of the platform {platform.name} has no destination: it is not written"
            self.tell("DSS354", message, log, at)
        elif text:
            path = joined(platform.build_path, file.destination) if platform.build_path else file.destination
            self.add(OutputFile(path.replace("\\", "/"), text), at)

    def add(self, made: OutputFile, at: Location) -> None:
        """Keep a file, but for one whose place another file has taken."""
        place = normpath(made.path)
        first = self.places.setdefault(place, at)
        if first is at:
            self.files[place] = made
        elif self.files[place].text != made.text:
            file = self.config.file
            fault = Diagnostic(
                code="DSS311",
                message=f"{made.path} is written twice: one file would replace the other",
                hint="give one of them another destination, or its platform another buildPath",
                file=file,
                at=at,
                related=(Related("the other file", file=file, at=first),),
            )
            self.note(fault, "error")

    def tell(self, code: str, message: str, log: Log, at: Location, hint: str | None = None) -> None:
        """Warn of something about the file at *at* of the configuration."""
        self.note(Diagnostic(code=code, message=message, hint=hint, file=self.config.file, at=at), log.level())

    def check(self, file: File, output: Output, log: Log, at: Location) -> None:
        """Warn of names that collide and of references to tokens that are not in the file."""
        quiet = file.format in NESTED and not output.left_out and log.verbosity != "silent"
        for found in () if quiet else collisions(output, self.tokens):
            self.note(_in_files(found, self.config.file), log.level())
        if output.left_out:
            names = ", ".join(output.left_out)
            message = f"{file.destination} refers to tokens that its filter leaves out: {names}"
            hint = "let the filter keep the tokens that are referred to, or do without outputReferences"
            self.tell("DSS365", message, log, at, hint)


def _in_files(found: Diagnostic, file: str) -> Diagnostic:
    """*found*, with *file* for what stands in the configuration itself."""
    related = tuple(one if one.file else one._replace(file=file) for one in found.related)
    return replace(found, file=found.file or file, related=related)


def _placed(found: Diagnostic, file: str, at: Location) -> Diagnostic:
    """*found*, at its file's place in the configuration unless it has one of its own."""
    return found if found.file else replace(found, file=file, at=at)


def _filter(file: File) -> Filter | None:
    if isinstance(file.filter, str):
        return filters.get(file.filter)
    return None if file.filter is None else matching(file.filter)


def _output(config: Config, file: File, platform: PlatformConfig, dictionary: Dictionary) -> Output:
    options: dict[str, Any] = {}
    for layer in (platform.options, file.options):
        lay_over(options, dict(layer))
    return Output(dictionary, {**config.data, **options}, options, file.destination, platform)
