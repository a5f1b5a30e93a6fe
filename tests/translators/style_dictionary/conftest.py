"""A build from plain data or from a folder, as the command does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from dss_tokens.json_reader import read_json
from translators.style_dictionary import BuildResult, SourceDocument, build, load_config

Build = Callable[..., BuildResult]


@pytest.fixture
def built() -> Build:
    """``built(tokens, platform, **config)``: what one platform writes of one token file."""

    def run(tokens: Mapping[str, Any], platform: Mapping[str, Any], **config: Any) -> BuildResult:
        loaded = load_config({**config, "platforms": {"p": platform}}, file="config.json")
        return build(loaded, [SourceDocument("tokens/a.json", dict(tokens))])

    return run


@pytest.fixture
def written(built: Build) -> Callable[..., str]:
    """``written(tokens, format, **options)``: the text of one file without its header."""

    def run(
        tokens: Mapping[str, Any],
        format: str,
        *,
        group: str | None = None,
        transforms: tuple[str, ...] = ("name/kebab",),
        filter: Any = None,
        **options: Any,
    ) -> str:
        file = {"destination": "f", "format": format, "filter": filter, "options": {"showFileHeader": False, **options}}
        names = {"transformGroup": group} if group else {"transforms": list(transforms)}
        (output,) = built(tokens, {**names, "files": [file]}).files
        return output.text

    return run


@pytest.fixture
def build_folder() -> Callable[[Path], BuildResult]:
    """``build_folder(path)``: what the configuration in a folder writes."""

    def read(path: Path) -> Any:
        found = read_json(path.read_bytes(), file=str(path), json5=True)
        assert found.value is not None, found.diagnostics
        return found.value

    def run(folder: Path) -> BuildResult:
        config = load_config(read(folder / "config.json"), file="config.json")
        documents = [
            SourceDocument(path.relative_to(folder).as_posix(), read(path), is_source)
            for is_source, patterns in ((False, config.include), (True, config.source))
            for pattern in patterns
            for path in sorted(folder.glob(pattern), key=str)
        ]
        return build(config, documents)

    return run
