"""A pull that is killed at any moment leaves the old or the new files; the next command repairs what is in between.

Kills before every single change of the disk, and of the repairs as well; and from outside, at times of chance:
``DSS_KILLS`` says how many of those.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dss import wiring
from dss.project import Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as POSIX knows them"),
]

KILLS = int(os.environ.get("DSS_KILLS", "12"))
MODES = [{"modeId": f"1:{number}", "name": f"Mode {number}"} for number in range(6)]
COLLECTION = "VariableCollectionId:1:0"


def payload(count, shade, prefix, modes=MODES):
    """A file whose every value and every name tells which of the two versions it is."""
    value = {"r": shade, "g": shade, "b": shade, "a": 1}
    found = {}
    for number in range(count):
        identity = f"VariableID:1:{number}"
        found[identity] = {
            "id": identity, "key": f"{number:040x}", "name": f"{prefix}/n{number}", "resolvedType": "COLOR",
            "variableCollectionId": COLLECTION, "remote": False, "description": "", "scopes": ["ALL_SCOPES"],
            "hiddenFromPublishing": False, "codeSyntax": {}, "valuesByMode": {m["modeId"]: value for m in modes},
        }  # fmt: skip
    collection = {
        "id": COLLECTION, "key": "c" * 40, "name": "Theme", "modes": modes, "defaultModeId": "1:0", "remote": False,
        "hiddenFromPublishing": False, "variableIds": list(found),
    }  # fmt: skip
    meta = {"variables": found, "variableCollections": {COLLECTION: collection}}
    return {"status": 200, "error": False, "meta": meta}


def test_a_pull_killed_before_any_change_of_the_disk_is_undone_or_finished(tmp_path):
    # not as many modes in both: files come and go as well
    for name, prefix, modes in (("old", "a", MODES[:2]), ("new", "b", MODES[:3])):
        (tmp_path / f"{name}.json").write_text(json.dumps(payload(3, 0, prefix, modes)))
    reader, writer = os.pipe()
    script = Path(__file__).with_name("killed_pulls.py")
    command = [sys.executable, str(script), str(tmp_path), str(writer)]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.PIPE, encoding="utf-8") as run:
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as told:
            found = [json.loads(line) for line in told]
        assert run.stderr is not None
        err = run.stderr.read()
    assert run.returncode == 0, err
    *killed, end = found
    assert end == {"moment": len(killed) + 1, "state": "done", "same": True}
    assert [one for one in killed if one["state"] == "a mixture"] == []
    assert [one for one in killed if not one["base"] or one["left"]] == []
    taken = [one["state"] == one["wanted"] for one in killed]
    assert taken == sorted(taken), "once decided it stays decided"
    assert 10 < taken.count(False) < len(taken) - 10
    assert max(one["repairs"] for one in killed) > 5, "repairs were killed on the way too"


def start(root, name):
    command = [sys.executable, "-m", "dss", "figma", "pull", "--from-file", f"{name}.json"]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=root, start_new_session=True, **pipes)


def finish(root, name):
    with start(root, name) as pull:
        _, err = pull.communicate()
    assert pull.returncode == 0, err.decode()


def state(root):
    """Which version each file is of; ``None`` beside ``old`` and ``new`` would be half a file."""
    found = set()
    for path in sorted((root / "tokens").glob("theme.*.json")):
        document = json.loads(path.read_bytes())
        (prefix,) = document
        shades = {token["$value"]["components"][0] for token in document[prefix].values()}
        found.add((prefix, len(document[prefix]), *shades))
    return found


def test_a_pull_killed_at_any_time_leaves_the_old_or_the_new_files(tmp_path):
    versions = {"old": (200, 0, "a"), "new": (200, 1, "b")}
    for name, (count, shade, prefix) in versions.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(payload(count, shade, prefix)))
    begun = time.monotonic()
    finish(tmp_path, "old")
    whole = time.monotonic() - begun
    chance = random.Random(5)
    said = {"old": {("a", 200, 0)}, "new": {("b", 200, 1)}}
    now, next_ = "old", "new"
    killed = decided = 0
    while killed < KILLS:
        begun = time.monotonic()
        pull = start(tmp_path, next_)
        # half of the kills anywhere, half as soon as something is under way
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, whole))
        else:
            wait_for_work(tmp_path, pull, chance)
        if pull.poll() is None:
            os.killpg(pull.pid, signal.SIGKILL)
        else:  # a kill that came too late: look again how long a pull takes now
            whole = min(whole, time.monotonic() - begun)
        _, err = pull.communicate()
        assert pull.returncode in (0, -signal.SIGKILL), err.decode()
        killed += pull.returncode != 0
        wiring.finish_interrupted(Project(tmp_path))  # what every command does first
        after = state(tmp_path)
        assert after in said.values(), "a mixture"
        assert leftovers(tmp_path) == []
        if after == said[next_]:
            decided += pull.returncode != 0
            now, next_ = next_, now
        else:
            assert pull.returncode != 0
            assert after == said[now]
    print(f"{killed} kills, {decided} of them after the decision")
    finish(tmp_path, next_)
    assert state(tmp_path) == said[next_]
    assert subprocess.run(
        [sys.executable, "-m", "dss", "figma", "diff", "--from-file", f"{next_}.json", "--json"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
    ).stdout.count('"kind"') == 0  # fmt: skip


def wait_for_work(root, pull, chance):
    """Waits until the pull writes, or is done; then for a moment of chance."""
    while not (root / ".dss" / "pending").exists() and pull.poll() is None:
        time.sleep(0.0005)
    time.sleep(chance.uniform(0, 0.05))


def leftovers(root):
    return [path for path in Path(root).rglob("*") if path.name.endswith(".tmp") or path.parent.name == "pending"]
