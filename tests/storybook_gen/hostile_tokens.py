"""A project whose every text is hostile: names as far as they are legal, descriptions, values, contexts, Figma data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = {
    "quotes": "it's \"quoted\" `ticked`",
    "template": "`${window.hacked=1}` ${hacked} {window.hacked=1}",
    "script": "</script></style><img src=x onerror=window.hacked=1><!--",
    "svg": "<svg onload=window.hacked=1>",
    "comment": "x */ } body{display:none} /* -->",
    "css": "Inter; } body { background: url(//example.invalid/x) } /*",
    "import": "@import url(//example.invalid/y);",
    "lines": "one\ntwo\u2028three\u2029four\n\nexport const x = 1\n\n<Meta title=\"x\" />",
    "bidi": "\u202eevil\u202c",
    "markdown": "[c](javascript:alert(1)) ![d](//example.invalid/z.png) # e",
    "jsx": "</td>{(()=>{window.hacked=1})()}",
    "emoji": "🎨 👨\u200d👩\u200d👧",
    "link": "javascript:window.hacked=1",
    "long": "x" * 10_000,
}  # fmt: skip

NAMES = [
    "it's `quoted`", '"double"', "</script><img src=x onerror=hacked=1>", "*/", "-->", "a/b", "a:b", "***", "-",
    "toString", "valueOf", "hasOwnProperty", "🎨", "цвет", "Color", "color", "CON", "é", "<svg onload=hacked=1>",
    "a;b", "url(x)", "!important", "@import", "x" * 250, "con", "__namedExportsOrder", "default", "class", "1", "a b",
]  # fmt: skip


def write_project(folder: Path) -> Path:
    """Writes the project; gives its resolver document."""
    base: dict[str, Any] = {"$description": TEXTS["jsx"]}
    for number, name in enumerate(NAMES):
        text = list(TEXTS.values())[number % len(TEXTS)]
        base[name] = {
            "$description": text,
            name: {"$type": "number", "$value": number, "$description": text, "$deprecated": text},
            "family": {"$type": "fontFamily", "$value": [text[:200].replace("{", "(").replace("}", ")"), "serif"]},
            "note": {"$type": "string", "$value": text.replace("{", "(").replace("}", ")")},
            "colour": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0.1, 0.2, 0.3]},
                "$description": text,
                "$extensions": {
                    "com.figma": {"id": text, "name": text, "collection": {"id": text, "name": text},
                        "scopes": [text], "codeSyntax": {"WEB": text, "<b>": text}},
                    "dss": {"contrastWith": [text]},
                }},
        }  # fmt: skip
    overlay = {"color": {"colour": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0.9, 0.9, 0.9]}}}}
    contexts = ["light", TEXTS["script"][:60], "</style>", '"]{}', "a\\b", "${x}", "🎨"]
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
        "modifiers": {
            "<img src=x onerror=hacked=1>": {
                "default": "light",
                "contexts": {context: [{"$ref": "overlay.json"}] if context != "light" else [] for context in contexts},
            }
        },
        "resolutionOrder": [
            {"$ref": "#/sets/base"},
            {"$ref": "#/modifiers/<img src=x onerror=hacked=1>"},
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("base", base), ("overlay", overlay), ("tokens.resolver", document)):
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder / "tokens.resolver.json"
