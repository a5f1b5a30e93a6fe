"""Git's merge driver for token files: the three versions in, the merged file out, open conflicts between marks."""

from __future__ import annotations

import subprocess
from pathlib import Path

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.json_reader import ReadJson
from dss_tokens.merge import Answer, Conflict, MergeStrategy, strategies

from .. import files, globbing
from ..project import find_project
from .conflict_markers import marked
from .merging import PlainSide, broken_by_merge, merge_plain_files, read_file
from .reading import Reader

DRIVER = "dss merge-driver %O %A %B --marker-size %L --path %P"
LABELS = ("ours", "theirs")


def merge_file(base: Path, ours: Path, theirs: Path, *, path: str, marker_size: int, strategy: str) -> int:
    """Merges three versions of one file over *ours*; gives the number of conflicts that are marked in it.

    Args:
        base: The common ancestor; empty where both sides added the file.
        ours: The version that is written over.
        theirs: The other one.
        path: The file's name in the repository; its suffix tells how to read it.
        marker_size: How many characters a mark has.
        strategy: A registered merge strategy.

    Raises:
        InputError: Git is missing where it is needed.
    """
    reader = _NamedReader(Path(path).suffix)
    try:
        sides = [read_file(file, path, reader, may_be_empty=True) for file in (base, ours, theirs)]
    except InputError:
        return _by_lines(base, ours, theirs, marker_size)
    decide = strategies.get(strategy)
    result = merge_plain_files(*sides, strategy=decide)
    local = result.contents.get(path, b"")
    if not result.merged.open and not broken_by_merge(result.merged, sides[1], sides[2]):
        files.write({ours: local})
        return 0
    variants = [_variant(sides, path, decide, choose) for choose in ("local", "remote")]
    text = marked(variants[0], variants[1], labels=LABELS, size=marker_size)
    if text == variants[0]:  # nothing to mark: each side is fine, together they are not
        return _by_lines(base, ours, theirs, marker_size) or 1
    files.write({ours: text.encode()})
    return max(1, len(result.merged.open))


class _NamedReader(Reader):
    """Reads Git's temporary files by the suffix they have in the repository."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self.suffix = suffix.lower() or ".json"

    def decode_bytes(self, data: bytes, suffix: str, file: str) -> ReadJson:
        """As the base class does."""
        return super().decode_bytes(data, self.suffix, file)


def _variant(sides: list[PlainSide], path: str, decide: MergeStrategy, choose: str) -> str:
    """The whole file with every open conflict decided for one side."""

    def answer(conflict: Conflict, /) -> Answer | None:
        return decide(conflict) or Answer("local" if choose == "local" else "remote")

    result = merge_plain_files(sides[0], sides[1], sides[2], strategy=answer)
    return result.contents.get(path, b"").decode()


def _by_lines(base: Path, ours: Path, theirs: Path, marker_size: int) -> int:
    """Git's own merge, for what cannot be read as tokens."""
    labels = [word for label in (LABELS[0], "base", LABELS[1]) for word in ("-L", label)]
    command = ["git", "merge-file", "--marker-size", str(marker_size), *labels, str(ours), str(base), str(theirs)]
    try:
        ended = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise InputError(_no_git()) from error
    if ended.returncode > 127 or ended.returncode < 0:
        message = ended.stderr.decode(errors="replace").strip() or "git merge-file failed"
        raise InputError(Diagnostic(code="DSS699", message=message))
    return ended.returncode


def _no_git() -> Diagnostic:
    return Diagnostic(code="DSS699", message="git is not installed, or not on the PATH")


def install(folder: Path) -> list[str]:
    """Sets a repository up; gives what was done, in lines.

    Raises:
        InputError: *folder* is in no repository, or git is missing.
    """
    root = Path(_git(folder, "rev-parse", "--show-toplevel"))
    _git(folder, "config", "merge.dss.name", "design tokens, by meaning")
    _git(folder, "config", "merge.dss.driver", DRIVER)
    attributes = root / ".gitattributes"
    text = attributes.read_text("utf-8") if attributes.exists() else ""
    known = {line.split()[0] for line in text.splitlines() if "merge=dss" in line.split()[1:]}
    patterns = [pattern for pattern in _patterns(root) if pattern not in known]
    done = [f"git config merge.dss.driver '{DRIVER}'"]
    if patterns:
        text += "" if not text or text.endswith("\n") else "\n"
        text += "".join(f"{pattern} merge=dss\n" for pattern in patterns)
        files.write({attributes: text.encode()})
        done += [f".gitattributes: {pattern} merge=dss" for pattern in patterns]
    return done


def _patterns(root: Path) -> list[str]:
    """Which files of the repository hold tokens: the project's sources, else the folder ``tokens``."""
    project = find_project(root)
    config = project.config
    sources = config.project.sources if config is not None else ()
    if not sources and config is not None and config.project.resolver:
        sources = (f"{Path(config.project.resolver).parent.as_posix()}/**/*.json",)
    found = []
    for source in sources or ("tokens/**",):
        for pattern in globbing.alternatives(source):
            path = (project.root / pattern).resolve()
            text = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else pattern
            found.append(f"{text}/**" if path.is_dir() else text)
    return [pattern.replace(" ", "[[:space:]]") for pattern in dict.fromkeys(found)]


def _git(folder: Path, *words: str) -> str:
    try:
        ended = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False, encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(_no_git()) from error
    if ended.returncode:
        raise InputError(Diagnostic(code="DSS699", message=ended.stderr.strip() or f"git {words[0]} failed"))
    return ended.stdout.strip()
