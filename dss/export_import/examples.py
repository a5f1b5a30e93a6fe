"""Runnable examples of the archive API: ``python -m dss.export_import.examples [NAME…]``.

Each works in a temporary folder, prints what it did, and leaves nothing behind.
"""

# ruff: noqa: T201 -- printing is what an example does
from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from . import DSSProjectService
from .limits import DEFAULTS
from .manifest import Query
from .security import (
    ArchiveIntegrity,
    DatabaseLockingStrategy,
    MemoryLimitManager,
    StreamingJsonLoader,
    TimestampConflictResolver,
    ZipSlipValidator,
)

Example = Callable[[Path], None]

TOKENS = {
    "space": {
        "$type": "dimension",
        "md": {"$value": {"value": 16, "unit": "px"}, "$extensions": {"dss": {"tags": ["layout"]}}},
        "card": {"$value": "{space.md}"},
    },
    "opacity": {"$type": "number", "disabled": {"$value": 0.4}},
}


def make_project(folder: Path, tokens: object = None) -> Path:
    """A project of *tokens* in *folder*; gives the folder."""
    (folder / "tokens").mkdir(parents=True)
    if tokens is not None:
        write_tokens(folder, tokens)
    (folder / "dss.toml").write_text('[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n', encoding="utf-8")
    return folder


def write_tokens(folder: Path, tokens: object) -> None:
    """Make *tokens* the only token file of the project in *folder*."""
    (folder / "tokens" / "base.json").write_text(json.dumps(tokens, indent=2), encoding="utf-8")


def with_value(path: str, value: object) -> dict[str, object]:
    """:data:`TOKENS`, with *value* as that of the token at *path*."""
    changed: dict[str, object] = json.loads(json.dumps(TOKENS))
    group, name = path.split(".")
    changed[group][name]["$value"] = value  # type: ignore[index]
    return changed


def export_a_project(folder: Path) -> None:
    """A project becomes one file; equal states give equal files."""
    project = make_project(folder / "acme", TOKENS)
    result = DSSProjectService(root=project).export_project(project, folder / "acme.dss")
    assert result.success, result.error
    print(f"{result.item_counts['tokens']} tokens, {result.file_size_bytes:,} bytes, state number {result.sequence}")
    again = DSSProjectService(root=project).export_project(project, folder / "again.dss")
    print("the same bytes again:", (folder / "acme.dss").read_bytes() == (folder / "again.dss").read_bytes())
    assert again.digest == result.digest


def export_a_part(folder: Path) -> None:
    """Tokens with a tag and what they refer to; what a part lacks is no deletion."""
    project = make_project(folder / "acme", TOKENS)
    service = DSSProjectService(root=project)
    result = service.export_project(project, folder / "layout.dss", query=Query(tags=("layout",)))
    print(f"tagged 'layout': {result.item_counts['tokens']} of 3 tokens")
    refused = service.import_project(folder / "layout.dss")
    print("as a replacement of the whole:", refused.error)
    merged = service.import_project(folder / "layout.dss", "merge")
    print("as a merge:", "done" if merged.success else merged.error)


def import_a_project(folder: Path) -> None:
    """What an import would do, then the import, then the same import again."""
    source, target = make_project(folder / "acme", TOKENS), make_project(folder / "other")
    DSSProjectService(root=source).export_project(source, folder / "acme.dss")
    service = DSSProjectService(root=target)
    planned = service.import_project(folder / "acme.dss", dry_run=True)
    assert planned.plan is not None
    print("would be done:", planned.plan.counts)
    result = service.import_project(folder / "acme.dss")
    assert result.success, result.error
    print(f"{result.project_name}: {result.item_counts['tokens']} tokens taken in")
    print("again: unchanged =", service.import_project(folder / "acme.dss").unchanged)


def import_a_large_project(folder: Path) -> None:
    """Above a size nothing is done at once: a server queues the work, and its job repeats the call."""
    source, target = make_project(folder / "acme", TOKENS), make_project(folder / "other")
    DSSProjectService(root=source).export_project(source, folder / "acme.dss")
    service = DSSProjectService(root=target, limits=DEFAULTS.changed({"background_records": 3}))
    result = service.import_project(folder / "acme.dss")
    print(f"success={result.success} error={result.error} requires_background_job={result.requires_background_job}")
    print("inside of the job: success =", service.import_project(folder / "acme.dss", background=True).success)


def merge_two_teams(folder: Path) -> None:
    """Two teams change one token: the analysis names the conflict, a strategy decides it."""
    ours, theirs = make_project(folder / "ours", TOKENS), make_project(folder / "theirs")
    DSSProjectService(root=ours).export_project(ours, folder / "start.dss")
    DSSProjectService(root=theirs).import_project(folder / "start.dss")
    write_tokens(ours, with_value("opacity.disabled", 0.5))
    write_tokens(theirs, with_value("opacity.disabled", 0.3))
    DSSProjectService(root=theirs).export_project(theirs, folder / "updates.dss")
    service = DSSProjectService(root=ours)
    analysis = service.analyze_merge(ours, folder / "updates.dss")
    for conflict in analysis.conflicts:
        print(f"conflict: {conflict.kind} at {conflict.path}: {conflict.local} here, {conflict.remote} there")
    print("without a decision:", service.merge_project(ours, folder / "updates.dss").error)
    result = service.merge_project(ours, folder / "updates.dss", conflict_strategy="keep_local")
    assert result.success, result.error
    value = json.loads((ours / "tokens" / "base.json").read_text(encoding="utf-8"))["opacity"]["disabled"]["$value"]
    print("after keep_local:", value)


def judge_names(folder: Path) -> None:
    """Names of members, as another program lists them."""
    names = ["manifest.json", "tokens/a.jsonl", "../../etc/passwd", "tokens/A.jsonl", "con.json", "v1..2.json"]
    safe, unsafe = ZipSlipValidator.validate_archive_members(names)
    print("safe:", safe, "unsafe:", unsafe)


def check_limits(folder: Path) -> None:
    """Sizes and counts against limits; exactly at the limit is accepted."""
    memory = MemoryLimitManager(max_file_size=100_000_000, max_tokens=10000, max_components=1000)
    for ok, error in (memory.check_file_size(100_000_000), memory.check_token_count(10_001)):
        print("accepted" if ok else error)


def compare_times(folder: Path) -> None:
    """Which of two changes is the newer one; more than an hour apart is worth a warning."""
    winner, warning = TimestampConflictResolver().resolve_conflict(datetime(2025, 1, 1), datetime(2025, 1, 2))
    print(f"{winner} wins; {warning}")


def stream_json(folder: Path) -> None:
    """A document of any size, element by element."""
    (folder / "tokens.json").write_text(json.dumps({"tokens": [{"id": n} for n in range(1000)]}), encoding="utf-8")
    total = sum(token["id"] for token in StreamingJsonLoader(folder / "tokens.json").items("tokens"))
    print("sum of the ids:", total)


def check_integrity(folder: Path) -> None:
    """An archive, and the same with one byte changed."""
    project = make_project(folder / "acme", TOKENS)
    DSSProjectService(root=project).export_project(project, folder / "acme.dss")
    print("as exported:", ArchiveIntegrity().verify(folder / "acme.dss"))
    content = bytearray((folder / "acme.dss").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "edited.dss").write_bytes(content)
    ok, error = ArchiveIntegrity().verify(folder / "edited.dss")
    print("one bit flipped:", ok, (error or "")[:6])


def lock_the_store(folder: Path) -> None:
    """One writer at a time: the second one waits, then is told."""
    strategy = DatabaseLockingStrategy(busy_timeout_ms=50)
    first, second = strategy.connect(folder / "store.db"), strategy.connect(folder / "store.db")
    with strategy.writing(first) as connection:
        connection.execute("CREATE TABLE colours (name TEXT) STRICT")
        try:
            with strategy.writing(second):
                print("never printed")
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what the example shows
            print("the second writer:", error)
    first.close()
    second.close()


EXAMPLES: dict[str, Example] = {
    example.__name__: example
    for example in (
        export_a_project, export_a_part, import_a_project, import_a_large_project, merge_two_teams, judge_names,
        check_limits, compare_times, stream_json, check_integrity, lock_the_store,
    )
}  # fmt: skip
"""Every example by its name."""


def main(names: Sequence[str] = ()) -> int:
    """Run the examples *names*, by default all; gives the exit status."""
    unknown = [name for name in names if name not in EXAMPLES]
    if unknown:
        print(f"there is no example {unknown[0]!r}; there are: {', '.join(EXAMPLES)}", file=sys.stderr)
        return 2
    for name in names or EXAMPLES:
        example = EXAMPLES[name]
        print(f"== {name}: {(example.__doc__ or '').strip()}")
        with TemporaryDirectory() as folder:
            example(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
