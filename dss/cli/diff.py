"""``dss diff``: what changed between two versions of tokens, and whether it breaks anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .archive import LocationType
from .options import renames_option
from .output import conclude, emit_text, note

if TYPE_CHECKING:
    from dss_tokens.diff.records import Diff, TokenChange

    from ..export_import.locations import Location

VERSION = LocationType(click.Path(exists=True, path_type=Path))


@click.command("diff")
@click.argument("before", type=VERSION, metavar="A")
@click.argument("after", type=VERSION, metavar="B")
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
              help="As text with swatches, as a changelog, or as data.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--check", type=click.Choice(["breaking", "any"]), help="Status 1 when there is such a change.")
@click.option("--since", "version", metavar="X.Y.Z", help="The version of A: says which one B should have.")
@click.option("--title", default="Token changes", show_default=True, help="The heading of the changelog.")
@renames_option
def command(
    before: Location, after: Location, style: str, as_json: bool, check: str | None, version: str | None, title: str,
    no_renames: bool,
) -> None:  # fmt: skip
    """Compare two versions of tokens by meaning: files, folders, resolver documents or archives.

    Removing, renaming or retyping a token breaks its users; so does taking away a context. New tokens, other values and
    deprecations are a minor step, all else a patch.

    \b
    Examples:
      dss diff v1/tokens tokens
      dss diff main.dss tokens --format markdown --since 1.4.0
      dss diff v1/tokens tokens --check breaking
    """
    from dss_tokens.diff.compare import compare
    from dss_tokens.diff.explain import markdown
    from dss_tokens.diff.records import next_version

    from .. import wiring
    from ..service.resolving import resolve_all

    versions = [resolve_all(wiring.read_version(path), {}) for path in (before, after)]
    diff = compare(versions[0], versions[1], guess=not no_renames)
    following = next_version(version, diff.step) if version is not None else None
    if version is not None and following is None:
        raise click.BadParameter(f"'{version}' is no version such as 1.4.0", param_hint="'--since'")
    found = list(dict.fromkeys(d for one in versions for d in one.diagnostics))
    as_json = as_json or style == "json"
    if not as_json:
        emit_text(markdown(diff, title=title) if style == "markdown" else text(diff))
        if following is not None:
            note(f"next version: {following}")
    document: dict[str, Any] = diff.to_json() | ({"version": following} if following is not None else {})
    conclude(found, document, as_json=as_json)
    if check is not None and (diff.breaking if check == "breaking" else diff.step != "none"):
        click.get_current_context().exit(1)


_MARKS = {
    "removed": "-", "renamed": ">", "retyped": "!", "added": "+", "changed": "~", "realiased": "~", "deprecated": "~",
    "restored": "~", "described": "~", "extended": "~",
}  # fmt: skip


def text(diff: Diff) -> str:
    """The comparison for a terminal: what breaks first, colours with swatches."""
    from dss_tokens.diff.explain import HEADINGS, headline

    from .rendering import escaped

    lines: list[str] = []
    for group in diff.groups:
        lines.append(f"> {escaped(group.was)}.* is called {escaped(group.path)}.* ({group.tokens} tokens)")
    for kind, heading in HEADINGS.items():
        found = [change for change in diff.changes if change.kind == kind]
        if found:
            lines += ["", f"{heading}:"] if lines else [f"{heading}:"]
            lines += [line for change in found for line in _lines(change)]
    return "\n".join([*lines, "", headline(diff)] if lines else [headline(diff)])


def _lines(change: TokenChange) -> list[str]:
    from dss_tokens.diff.explain import details

    from .rendering import escaped

    mark = "!" if change.breaking and change.kind not in ("removed", "renamed") else _MARKS[change.kind]
    origin = f"  (was {escaped(change.was)}{', probably' if change.by == 'value' else ''})" if change.was else ""
    shown = [(label, _pair(change, label, pair)) for label, pair in details(change)]
    shown = [(label, text) for label, text in shown if text]
    if change.extensions:
        shown.append(("extensions", ", ".join(map(escaped, change.extensions))))
    head = f"  {mark} {escaped(change.path)}{origin}"
    if len(shown) == 1:
        label, text = shown[0]
        return [f"{head}  {escaped(label) + ': ' if label else ''}{text}"]
    return [head, *(f"      {escaped(label) or 'value'}: {text}" for label, text in shown)]


def _pair(change: TokenChange, label: str, pair: Any) -> str:
    if change.kind in ("added", "removed") and not label:
        return _shown(pair.after if change.kind == "added" else pair.before)
    if label == "deprecated" and pair.after in (True, False, None):
        return ""
    return f"{_shown(pair.before)} -> {_shown(pair.after)}"


def _shown(value: Any) -> str:
    from dss_tokens.diff.explain import short

    from .rendering import escaped
    from .swatches import patch_of

    patch = patch_of(value)
    return f"{patch} {escaped(short(value))}" if patch else escaped(short(value))
