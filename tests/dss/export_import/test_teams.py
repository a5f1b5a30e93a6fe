"""Three teams that add, edit, delete, rename and move, and merge archives in any order: nothing of anybody is lost."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from teams import BASE, CONFIG, SETS, Team, tokens_in

GROUPS = ["a", "b", "b.c", "d", "e.f"]
COMMANDS = ["add", "add", "edit", "delete", "move", "move"]
BY_HAND = [*COMMANDS, "rename", "rename", "rename set", "swap"]
"""Tokens get other names and files without a command that says so."""


class Member(Team):
    """Marks its own tokens, changes and deletes only them, and moves anybody's."""

    def __init__(self, root: Path, number: int, rng: random.Random, kinds: list[str]) -> None:
        super().__init__(root)
        self.number, self.rng, self.kinds = number, rng, kinds
        self.own: dict[str, int] = {}
        """Mark to value, of what it has not deleted."""

    def work(self) -> None:
        documents = self.documents()
        everything = [(name, path, node) for name in documents for path, node in tokens_in(documents[name], "")]
        own = [found for found in everything if found[2].get("$description") in self.own]
        kind = self.rng.choice(self.kinds)
        if kind == "add":
            self._add(documents)
        elif kind == "move" and everything:
            self._move_one(self.rng.choice(everything)[1])
        elif kind in ("rename", "swap", "rename set") and everything:
            self._by_hand(kind, documents, *self.rng.choice(everything)[:2])
        elif kind in ("edit", "delete") and own:
            name, path, node = self.rng.choice(own)
            if kind == "edit":
                node["$value"] = self.own[node["$description"]] = self.rng.randrange(1000)
            else:
                del self.own[node["$description"]]
                *groups, last = path.split(".")
                del _group(documents[name], groups)[last]
            self._save(documents)
        self.close()

    def _add(self, documents: dict[str, Any]) -> None:
        group = _group(documents.setdefault(self.rng.choice(SETS), {}), self.rng.choice(GROUPS).split("."))
        name = f"{self.rng.choice('pqrs')}{self.number}"
        if "$value" not in group and name not in group:
            mark = f"{self.number}.{len(self.own)}.{self.rng.random()}"
            self.own[mark] = self.rng.randrange(1000)
            group[name] = {"$type": "number", "$value": self.own[mark], "$description": mark}
            self._save(documents)

    def _by_hand(self, kind: str, documents: dict[str, Any], name: str, path: str) -> None:
        *groups, last = path.split(".")
        group = _group(documents[name], groups)
        other = self.rng.choice(
            ["u", "v", *(key for key, node in group.items() if key[:1] != "$" and "$value" in node)]
        )
        if kind == "rename set":
            free = [other for other in ("three.json", "four.json") if other not in documents]
            documents.update({other: documents.pop(name) for other in free[:1]})
        elif kind == "swap" and other in group:
            group[last], group[other] = group[other], group[last]
        elif other not in group:
            group[other] = group.pop(last)
        self._save(documents)

    def _move_one(self, path: str) -> None:
        if self.rng.random() < 0.3 and "." in path:
            self.move(path.rpartition(".")[0], self.rng.choice(["g", "h", "a.i", "b.j"]))
        else:
            self.move(path, f"{self.rng.choice(GROUPS)}.{self.rng.choice('pqrkl')}")

    def _save(self, documents: dict[str, Any]) -> None:
        for file in (self.root / "tokens").rglob("*.json"):
            if file.relative_to(self.root / "tokens").as_posix() not in documents:
                file.unlink()
        for name, document in documents.items():
            file = self.root / "tokens" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(document), "utf-8")

    def merge(self, archive: Path) -> None:
        Team.clock += 5
        done = self.service.merge_project(self.root, archive, "keep_newest")
        assert done.success, done.error


def _group(node: dict[str, Any], names: list[str]) -> dict[str, Any]:
    for name in names:
        if "$value" not in node:
            node = node.setdefault(name, {})
    return node


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "kinds"), [*((seed, COMMANDS) for seed in (0, 1, 2, 75, 174)), *((seed, BY_HAND) for seed in range(4))]
)
def test_nothing_of_anybody_is_lost_and_all_end_in_one_state(seed: int, kinds: list[str], tmp_path: Path) -> None:
    rng = random.Random(seed)
    teams = []
    for number in range(3):
        root = tmp_path / str(number)
        (root / "tokens" / "modes").mkdir(parents=True)
        (root / "dss.toml").write_text(CONFIG, "utf-8")
        teams.append(Member(root, number, rng, kinds))
    for name, document in BASE.items():
        (teams[0].root / "tokens" / name).write_text(json.dumps(document), "utf-8")
    archives = [(teams[0], teams[0].export())]
    for team in teams[1:]:
        assert team.service.import_project(archives[0][1], project=team.root).success
    for _ in range(25):
        team = rng.choice(teams)
        Team.clock += rng.randrange(1, 2000)
        kind = rng.choice(["work", "work", "export", "merge"])
        if kind == "work":
            team.work()
        elif kind == "export":
            archives.append((team, team.export()))
        else:
            maker, archive = rng.choice(archives)
            if maker is not team:
                team.merge(archive)
    _exchange_until_equal(teams)
    found: dict[str, list[int]] = {}
    for document in teams[0].documents().values():
        for _, node in tokens_in(document, ""):
            found.setdefault(node.get("$description", ""), []).append(node["$value"])
    for team in teams:
        assert {mark: found.get(mark) for mark in team.own} == {mark: [value] for mark, value in team.own.items()}


def _exchange_until_equal(teams: list[Member]) -> None:
    for _ in range(6):
        for team in teams:
            for other in teams:
                if other is not team:
                    team.merge(other.export())
        documents = [team.documents() for team in teams]
        if documents[0] == documents[1] == documents[2]:
            return
    pytest.fail("they never come to one state")


def test_who_is_newer_is_known_where_the_base_has_no_such_token(tmp_path: Path) -> None:
    teams = []
    for name in "abc":
        (tmp_path / name / "tokens").mkdir(parents=True)
        (tmp_path / name / "dss.toml").write_text(CONFIG, "utf-8")
        teams.append(Team(tmp_path / name))
    a, b, c = teams
    (a.root / "tokens" / "one.json").write_text(json.dumps(BASE["one.json"]), "utf-8")
    (a.root / "tokens" / "two.json").write_text('{"k": {"$type": "number", "$value": 1}}', "utf-8")
    first = a.export()
    assert all(team.service.import_project(first, project=team.root).success for team in (b, c))
    c.edit([("value", "two.json", "r", 1), ("description", "two.json", "r", "of c")])
    assert a.service.merge_project(a.root, c.export()).success
    changed = a.documents()["two.json"] | {"r": {"$type": "number", "$value": 2}}
    (a.root / "tokens" / "two.json").write_text(json.dumps(changed), "utf-8")
    assert b.service.merge_project(b.root, a.export()).success
    c.edit([("value", "two.json", "other", 3)])
    done = b.service.merge_project(b.root, c.export())
    assert done.success, done.error
    assert b.documents()["two.json"] == {**changed, "other": {"$type": "number", "$value": 3}}
