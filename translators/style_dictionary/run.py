"""One configuration and its documents -> files: the pipeline of Style Dictionary 5.5.5."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity, has_errors
from dss_tokens.errors import InputError
from dss_tokens.output import OutputFile

from .action import Copy, actions
from .config import Config, ConfigError, File, Log, PlatformConfig, platform_names
from .dictionary import Dictionary, tree_of
from .expand import expanded
from .filter import Filter, filters, matching
from .format import NESTED, Output, formats
from .graph import Graph, graph_of
from .merging import lay_over
from .names import transforms_of, unknown_names
from .paths import joined
from .platform import transformed
from .preprocessor import preprocess
from .rendering import value_text
from .tokens import SourceDocument, TokenMap, flattened, read_tokens
from .transform import Setting, Token


class BuildError(InputError):
    """Tokens that cannot be built; holds every fault."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build would write. Nothing has been written."""

    files: tuple[OutputFile, ...]
    actions: tuple[Copy, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Warnings only: with an error there is no result."""


@dataclass(frozen=True, slots=True)
class Assets:
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
    if config.expand is not None:
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
        for file in platform.files or ():
            self.file(file, platform, dictionary, log)
        for name in platform.actions:
            if (action := actions.get(name)) is not None:
                self.actions += action(dictionary, platform)

    def dictionary(self, platform: PlatformConfig) -> Dictionary | None:
        """The platform's tokens; ``None`` where references are broken and that is an error."""
        config, tokens = self.config, self.tokens
        if platform.preprocessors:
            tree = tokens.tree or tree_of([dict(token) for token in tokens.tokens.values()], tokens.value_key)
            fresh = flattened(preprocess(tree, platform.preprocessors, platform.data), tokens.uses_dtcg)
            tokens = replace(fresh, documents=tokens.documents)
        if platform.expand is not None:
            tokens = expanded(tokens, platform.expand)
        graph = self.graph(tokens)
        if graph.faults:
            throws = config.log.broken_references == "throw"
            if throws or config.log.verbosity != "silent":
                for fault in graph.faults:
                    located = fault if fault.file else replace(fault, file=config.file)
                    self.note(located, "error" if throws else "warning")
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
            found = Diagnostic(code=code, message=message, path=key[1:-1], file=file, at=at)
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

    def file(self, file: File, platform: PlatformConfig, dictionary: Dictionary, log: Log) -> None:
        keep = _filter(file)
        if keep is not None:
            dictionary = dictionary.filtered(keep)
        empty_too = platform.empty_too if file.empty_too is None else file.empty_too
        if not dictionary.tokens and keep is not None and not empty_too:
            message = f"no tokens for {file.destination}: the file is not written"
            self.note(Diagnostic(code="DSS364", message=message, file=self.config.file), log.level())
            return
        output = _output(self.config, file, platform, dictionary)
        write = formats.get(file.format or "")
        if write is None:  # refused before
            return
        text = write(output)
        self.check(file, output, log)
        if text and not file.destination:
            message = f"a file of the platform {platform.name} has no destination: it is not written"
            self.note(Diagnostic(code="DSS354", message=message, file=self.config.file), log.level())
        elif text:
            path = joined(platform.build_path, file.destination) if platform.build_path else file.destination
            path = path.replace("\\", "/")
            self.files[path] = OutputFile(path, text)

    def check(self, file: File, output: Output, log: Log) -> None:
        """Warn of names that collide and of references to tokens that are not in the file."""
        collisions = list(_collisions(output.dictionary))
        quiet = file.format in NESTED and not output.left_out and log.verbosity != "silent"
        if collisions and not quiet:
            for name, tokens in collisions:
                found = _name_collision(file, name, tokens, output)
                self.note(replace(found, at=self.tokens.place(tokens[0]["key"], found.file)), log.level())
        if output.left_out:
            names = ", ".join(output.left_out)
            message = f"{file.destination} refers to tokens that its filter leaves out: {names}"
            hint = "let the filter keep the tokens that are referred to, or do without outputReferences"
            self.note(Diagnostic(code="DSS365", message=message, hint=hint, file=self.config.file), log.level())


def _filter(file: File) -> Filter | None:
    if isinstance(file.filter, str):
        return filters.get(file.filter)
    return None if file.filter is None else matching(file.filter)


def _output(config: Config, file: File, platform: PlatformConfig, dictionary: Dictionary) -> Output:
    options: dict[str, Any] = {}
    for layer in (platform.options, file.options):
        lay_over(options, dict(layer))
    return Output(dictionary, {**config.data, **options}, options, file.destination, platform)


def _collisions(dictionary: Dictionary) -> Iterator[tuple[str, list[Token]]]:
    tokens = dictionary.tokens
    if len({token["name"] for token in tokens}) == len(tokens):
        return
    named: dict[str, list[Token]] = {}
    for token in tokens:
        named.setdefault(token["name"], []).append(token)
    yield from ((name, found) for name, found in named.items() if len(found) > 1)


def _name_collision(file: File, name: str, tokens: Sequence[Token], output: Output) -> Diagnostic:
    listed = ", ".join(f"{token['key'][1:-1]} ({value_text(output.value(token))})" for token in tokens)
    return Diagnostic(
        code="DSS363",
        message=f"{file.destination}: the name {name} stands for {len(tokens)} tokens: {listed}",
        hint="use a name transform that keeps the whole path, or a filter",
        path=tokens[0]["key"][1:-1],
        file=tokens[0].get("filePath"),
    )
