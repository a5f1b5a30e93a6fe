"""SOURCEs or a resolver document -> token documents: the one way in for every command (contract, section 3)."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError
from dss_tokens.json_reader import Decoder, ReadJson, quick_decoder, read_json, standard_decoder
from dss_tokens.model import Json, Parsed, Source, TokenSet, is_resolver

from .. import files

if TYPE_CHECKING:
    from dss_tokens.resolve.documents import Fetched, Resolver
    from dss_tokens.resolve.evaluation import Evaluation

JSON5_SUFFIXES = files.JSON5_SUFFIXES
YAML_SUFFIXES = files.YAML_SUFFIXES
BIG = 100_000
"""Bytes from which the quicker decoder is worth its import."""


class Memory:
    """What readers of one strictness and dialect keep for the next one: files as decoded, documents as parsed."""

    def __init__(self) -> None:
        self.files: dict[Path, tuple[Stamp, ReadJson]] = {}
        self.parsed: dict[Source, tuple[Json, Parsed]] = {}
        self.evaluation: Evaluation | None = None
        """What the tokens without contexts came to."""

    def forget(self, paths: Collection[Path]) -> None:
        """Files that changed, as absolute paths."""
        self.files = {path: kept for path, kept in self.files.items() if path.absolute() not in paths}


class TokenSource(NamedTuple):
    """One file of tokens."""

    path: Path
    file: str
    """As shown to people."""

    document: Json
    """As authored, decoded."""

    tokens: TokenSet


class Reading(NamedTuple):
    """What was read: token files in order, or a resolver document with its files."""

    sources: tuple[TokenSource, ...]
    resolver: Resolver | None
    files: tuple[Path, ...]
    """Every file that was opened."""

    diagnostics: list[Diagnostic]
    memory: Memory | None = None
    """Where the reader has one."""

    document: Json = None
    """The resolver document."""

    originals: Mapping[str, Json] = {}
    """File -> what it holds, decoded, in its own dialect."""


class Assembly(NamedTuple):
    """Files that make sense together only, e.g. the modes of a collection."""

    document: Json
    """A resolver document that names them."""

    replaced: Mapping[str, Json]
    """File -> its tokens as DTCG, where nothing in the file alone tells its dialect."""


Stamp = tuple[int, int, int]
"""Size, time and inode: what tells a file that nothing was heard of from one that was changed unheard."""


def _stamp(path: Path) -> Stamp | None:
    try:
        at = path.stat()
    except (OSError, ValueError):
        return None
    return at.st_size, at.st_mtime_ns, at.st_ino


def _several(resolvers: Sequence[Path]) -> Diagnostic:
    shown = ", ".join(map(files.shown, resolvers[:5])) + (", …" if len(resolvers) > 5 else "")
    return Diagnostic(
        code="DSS118", severity="warning", message=f"several resolver documents, none of them is used: {shown}",
        hint="name one with --resolver",
    )  # fmt: skip


def content(read: ReadJson, file: str) -> Json:
    """What a file holds, decoded.

    Raises:
        InputError: With every error in it; ``null`` is nothing to work on.
    """
    if has_errors(read.diagnostics):
        raise InputError(*(found for found in read.diagnostics if found.severity == "error"))
    if read.value is None:
        raise InputError(Diagnostic(code="DSS112", message=f"{file} holds null, not an object", file=file))
    return read.value


class Reader:
    """Reads files of tokens, each once."""

    def __init__(
        self,
        *,
        strict: bool = False,
        understood: Callable[[Json], Json] = lambda document: document,
        assembled: Callable[[Mapping[str, Json]], Assembly | None] = lambda documents: None,
        completed: Callable[[Json, Resolver], Resolver] = lambda document, resolver: resolver,
        memory: Memory | None = None,
    ) -> None:
        """Args:
        strict: Refuse what is otherwise read with a warning.
        understood: Gives a decoded file of any dialect as a DTCG token or resolver document.
        assembled: Gives several files, by names that begin with their common folder, as one resolver document.
        completed: Gives a resolver that knows what its document's dialect computes.
        memory: What a reader before this one kept; a file that it knows is not read again.
        """
        self.strict = strict
        self.memory = memory
        self.understood = understood
        self.assembled = assembled
        self.completed = completed
        self.originals: dict[str, Json] = {}
        self.decoded: dict[Path, ReadJson] = {}
        self.known = {} if memory is None else memory.parsed
        if memory is not None:
            memory.parsed = {}  # what is not asked for again goes
        self.read_bytes = 0

    def decode(self, path: Path) -> ReadJson:
        """A file's decoded content with the faults of its syntax.

        Raises:
            InputError: The file cannot be read.
        """
        if path not in self.decoded:
            stamp = _stamp(path) if self.memory is not None else None
            if self.memory is not None and path in self.memory.files:
                before, read = self.memory.files[path]
                if before == stamp:
                    self.decoded[path] = read
                    return read
            read = self.decode_bytes(files.read(path), path.suffix.lower(), files.shown(path))
            self.originals[files.shown(path)] = read.value
            self.decoded[path] = read._replace(value=self.understood(read.value))
            if self.memory is not None and stamp is not None:
                self.memory.files[path] = stamp, self.decoded[path]
        return self.decoded[path]

    def decode_bytes(self, data: bytes, suffix: str, file: str) -> ReadJson:
        """Decodes by the file's suffix."""
        self.read_bytes += len(data)
        if suffix in YAML_SUFFIXES:
            from ..yaml_reader import read_yaml

            return read_yaml(data, file=file, strict=self.strict)
        decoder = _quick_decoder() if self.read_bytes > BIG else standard_decoder
        return read_json(data, file=file, strict=self.strict, json5=suffix in JSON5_SUFFIXES, decode=decoder)

    def parse(self, document: Json, source: Source) -> Parsed:
        """A decoded document as tokens."""
        from dss_tokens.dtcg.parse import parse, parse_again  # not to be loaded for configurations of other tools

        if self.memory is None:
            return parse(document, source, strict=self.strict)
        known, parsed = self.known.get(source, (None, None))
        if parsed is None:
            parsed = parse(document, source, strict=self.strict)
        elif known is not document:
            parsed = parse_again(parsed, document, source, strict=self.strict)
        self.memory.parsed[source] = document, parsed
        return parsed

    def sources(self, paths: Sequence[Path]) -> Reading:
        """Token files in order. Exactly one resolver document among them is used as if named."""
        if (assembly := self._assembly(paths)) is not None:
            return assembly
        resolvers = []
        found: list[Diagnostic] = []
        sources = []
        for path in paths:
            try:
                read = self.decode(path)
            except InputError as error:
                found += error.diagnostics
                continue
            if is_resolver(read.value):
                resolvers.append(path)
                continue
            file = files.shown(path)
            found += read.diagnostics
            if read.value is None and has_errors(read.diagnostics):
                continue
            parsed = self.parse(read.value, Source(file))
            found += parsed.diagnostics
            sources.append(TokenSource(path, file, read.value, parsed.tokens))
        if len(resolvers) == 1:
            return self.resolver(resolvers[0])
        if resolvers:
            found.append(_several(resolvers))
        return Reading(tuple(sources), None, tuple(paths), found, self.memory, originals=self.originals)

    def _assembly(self, paths: Sequence[Path]) -> Reading | None:
        """Files that their dialect reads together, as a resolver document; ``None`` where each stands for itself."""
        if len(paths) < 2:
            return None
        folder = Path(os.path.commonpath([path.parent.absolute() for path in paths])).parent
        by_name = {path.absolute().relative_to(folder).as_posix(): path for path in paths}
        try:
            decoded = {name: self.decode(path) for name, path in by_name.items()}
        except InputError:
            return None  # is reported where each file is read
        whole = self.assembled({name: read.value for name, read in decoded.items()})
        if whole is None:
            return None
        for name, document in whole.replaced.items():
            self.decoded[by_name[name]] = decoded[name]._replace(value=document)
        place = next(iter(by_name)).partition("/")[0]
        reading = self._resolved(
            whole.document, files.shown(folder / place), lambda name: by_name.get(name, folder / name)
        )
        found = [fault for name in by_name.keys() - whole.replaced.keys() for fault in decoded[name].diagnostics]
        known = set(map(id, reading.diagnostics))
        return reading._replace(
            files=tuple(paths),
            diagnostics=[*(fault for fault in found if id(fault) not in known), *reading.diagnostics],
        )

    def resolver(self, path: Path) -> Reading:
        """A resolver document with its files, which are relative to it."""
        read = self.decode(path)
        if read.value is None and has_errors(read.diagnostics):
            return Reading((), None, (path,), read.diagnostics)
        reading = self._resolved(read.value, files.shown(path), path.parent.joinpath)
        return reading._replace(files=(path, *reading.files), diagnostics=[*read.diagnostics, *reading.diagnostics])

    def _resolved(self, document: Json, file: str, place: Callable[[str], Path]) -> Reading:
        """A decoded resolver document with its files, which *place* finds."""
        from dss_tokens.resolve.resolver_reader import read_resolver

        opened: dict[Path, None] = {}
        fetch = partial(self._fetch, place, opened)
        resolver, found = read_resolver(document, file, fetch=fetch, parse=self.parse, strict=self.strict)
        if resolver is not None:
            resolver = self.completed(document, resolver)
        return Reading((), resolver, tuple(opened), found, document=document, originals=self.originals)

    def files_of(self, path: Path) -> tuple[Path, ...]:
        """A resolver document and the files that it names, which are not opened.

        Raises:
            InputError: It cannot be read.
        """
        from dss_tokens.resolve.documents import Fetched
        from dss_tokens.resolve.resolver_reader import read_resolver

        named: dict[Path, None] = {path: None}

        def unopened(reference: str) -> Fetched:
            named[path.parent / reference] = None
            return Fetched({}, reference, [])

        nothing = Parsed(TokenSet({}, {}), [])
        read_resolver(self.decode(path).value, files.shown(path), fetch=unopened, parse=lambda *_: nothing)
        return tuple(named)

    def _fetch(self, place: Callable[[str], Path], opened: dict[Path, None], reference: str) -> Fetched | Diagnostic:
        from dss_tokens.resolve.documents import Fetched

        path = place(reference)
        opened[path] = None
        try:
            read = self.decode(path)
        except InputError as error:
            return error.diagnostics[0]
        return Fetched(read.value, files.shown(path), read.diagnostics)


def _quick_decoder() -> Decoder:
    """orjson: three times as quick as the standard library, worth its import for big sets."""
    from orjson import OPT_INDENT_2, OPT_STRICT_INTEGER, dumps, loads

    return quick_decoder(
        loads, partial(dumps, option=OPT_STRICT_INTEGER), partial(dumps, option=OPT_STRICT_INTEGER | OPT_INDENT_2)
    )
