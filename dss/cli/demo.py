"""``dss demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .output import colours, emit_text, swatch, warn


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("dss-demo"), metavar="[DIR]")
def command(folder: Path) -> None:
    """Take the whole tour on a shipped Figma file: tokens, CSS, SCSS and JSON, in DIR (default: dss-demo).

    \b
    Example:
      dss demo my-demo
    """
    from .. import files, wiring
    from ..project import named_config
    from ..service import touring, translating

    payload = touring.demo_payload()
    files.write(touring.demo_files(folder, payload))
    emit_text(
        f"1. A Figma answer, as GET /v1/files/:key/variables/local gives it: {files.shown(folder / touring.DEMO)}\n"
    )
    project = named_config(folder / "dss.toml")
    goal = wiring.figma_project(project, folder / "tokens", saved=[folder / touring.DEMO])
    plan = goal.plan_pull(overwrite=True)
    assert plan is not None
    goal.apply(plan)
    warn(plan.diagnostics)
    from .figma_pull import table_text

    emit_text(f"2. Design tokens (DTCG 2025.10), one file per collection and mode: {files.shown(folder / 'tokens')}\n")
    emit_text(table_text(plan.summary.collections))
    reading = wiring.read((), project=project)
    resolve = translating.resolver(reading, {}, strict=False)
    permutations = resolve({}, False)
    translator = wiring.translator()
    platforms = translating.platforms_for(translator, project.config, to=(), names=(), prefix=None, references=None)
    made = translating.plan(translator, platforms, folder, resolve)
    made.apply()
    warn([found for found in made.diagnostics if found.severity != "info"])  # what each format is for: in the docs
    emit_text("\n3. Stylesheets and code, every mode in one CSS file:\n")
    for path, data in made.files.items():
        lines = data.count(b"\n")
        emit_text(f"   {files.shown(path)}  {lines} lines")
    emit_text("\n" + _picture(touring.sample_colors(permutations)))
    pages = _stories(folder, project, reading, permutations)
    shown = {name: files.shown(folder / name) for name in ("build", "tokens", "storybook", "dss.toml")}
    emit_text(f"\n4. A Storybook that shows every token in every mode: {shown['storybook']}, {pages} files\n")
    emit_text("\nLook at:\n")
    emit_text(f"   {shown['build']}/tokens.css: change a value in {shown['tokens']} and run\n")
    emit_text(f"     dss translate --config {shown['dss.toml']}\n")
    emit_text("   the Storybook, with Node 20 or newer:\n")
    emit_text(f"     dss storybook --config {shown['dss.toml']} --build --serve\n")


def _stories(folder: Path, project: Any, reading: Any, permutations: Any) -> int:
    """Makes the Storybook; how many files it has."""
    from .. import wiring
    from ..service import stories

    css, storybook = wiring.stylesheets(), wiring.storybook()
    wishes = stories.Wishes(
        title="Harbour", platform=stories.platform_for(css, project.config, None), framework="html-vite",
        stories_only=False, figma_file=None, groups=stories.group_descriptions(reading), since=None,
    )  # fmt: skip
    made = stories.plan_stories(storybook, css, permutations, folder / "storybook", wishes, None)
    stories.apply_stories(made)
    return len(made.files)


def _picture(rows: list[tuple[str, dict[str, Any]]]) -> str:
    """Semantic colours in every context: swatches on a terminal, hexadecimal elsewhere."""
    import sys

    from dss_tokens.color import to_hex

    from .rendering import escaped

    lines = []
    width = max(len(label) for label, _ in rows)
    for label, values in rows:
        shown = []
        for value in values.values():
            digits = to_hex(value)
            patch = swatch(*(int(digits[at : at + 2], 16) for at in (1, 3, 5)))
            shown.append(patch if colours(sys.stdout) and patch else digits)
        lines.append(f"   {escaped(label).ljust(width)}  {' '.join(shown)}")
    return "\n".join(lines) + "\n"
