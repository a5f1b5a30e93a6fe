"""A part of a project: what is asked for, the groups around it, and what it cannot do without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss.export_import.manifest import Query
from dss.export_import.selection import select


def token(value: object = 1, *tags: str) -> dict[str, Any]:
    return {"$value": value} | ({"$extensions": {"dss": {"tags": list(tags)}}} if tags else {})


DOCUMENTS: dict[str, dict[str, Any]] = {
    "base.json": {
        "$description": "base",
        "color": {"$type": "color", "red": token(1, "brand"), "blue": token(2), "soft": {"pink": token("{color.red}")}},
        "space": {"s": token(4)},
    },
    "semantic.json": {
        "button": {"fill": token("{color.soft.pink}", "brand", "button"), "gap": token("{space.s}")},
        "card": {"$extends": "{button}", "fill": token("{color.blue}")},
    },
    "dark.json": {"color": {"red": token(9), "soft": {"$description": "dark", "pink": token("{color.blue}")}}},
}


def paths(document: dict[str, Any], prefix: str = "") -> list[str]:
    found = []
    for name, child in document.items():
        if isinstance(child, dict) and not name.startswith("$"):
            found += [prefix + name] if "$value" in child else paths(child, f"{prefix}{name}.")
    return found


def selected(query: Query, *, closure: bool = True) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    found = select(DOCUMENTS, query, closure=closure)
    return {name: paths(document) for name, document in found.documents.items()}, found.external


@pytest.mark.parametrize(
    ("query", "asked", "external", "with_closure"),
    [
        (Query(tags=("button",)), {"semantic.json": ["button.fill"]}, ("color.soft.pink",),
         {"base.json": ["color.red", "color.blue", "color.soft.pink"], "semantic.json": ["button.fill"],
          "dark.json": ["color.red", "color.soft.pink"]}),
        (Query(tags=("brand",)), {"base.json": ["color.red"], "semantic.json": ["button.fill"]},
         ("color.soft.pink",), None),
        (Query(folders=("space",)), {"base.json": ["space.s"]}, (), {"base.json": ["space.s"]}),
        (Query(folders=("color/soft",)), {"base.json": ["color.soft.pink"], "dark.json": ["color.soft.pink"]},
         ("color.blue", "color.red"), None),
        (Query(folders=("color.soft",), sets=("base",)), {"base.json": ["color.soft.pink"]}, ("color.red",), None),
        (Query(sets=("dark.json",)), {"dark.json": ["color.red", "color.soft.pink"]}, ("color.blue",),
         {"base.json": ["color.blue"], "dark.json": ["color.red", "color.soft.pink"]}),
        (Query(tags=("nobody",)), {}, (), {}),
        (Query(folders=("col",)), {}, (), {}),
        (Query(folders=("card",)), {"semantic.json": ["card.fill"]}, ("button", "color.blue"),
         {"base.json": ["color.red", "color.blue", "color.soft.pink", "space.s"],
          "semantic.json": ["button.fill", "button.gap", "card.fill"], "dark.json": ["color.red", "color.soft.pink"]}),
    ],
)  # fmt: skip
def test_a_query_takes_what_it_names_and_what_that_needs(
    query: Query, asked: dict[str, list[str]], external: tuple[str, ...], with_closure: dict[str, list[str]] | None
) -> None:
    assert selected(query, closure=False) == (asked, external)
    if with_closure is not None:
        assert selected(query) == (with_closure, ())


def test_a_part_keeps_the_properties_of_the_groups_around_it() -> None:
    found = select(DOCUMENTS, Query(folders=("color.soft",), sets=("dark",)), closure=False)
    assert found.documents == {
        "dark.json": {"color": {"soft": {"$description": "dark", "pink": token("{color.blue}")}}}
    }
    found = select(DOCUMENTS, Query(folders=("space",)))
    assert found.documents == {"base.json": {"$description": "base", "space": {"s": token(4)}}}


@given(st.sets(st.integers(0, 9)), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14))
def test_a_closed_part_refers_to_nothing_outside(asked: set[int], edges: list[tuple[int, int]]) -> None:
    group: dict[str, Any] = {
        f"t{n}": token({str(k): f"{{g.t{to}}}" for k, (at, to) in enumerate(edges) if at == n}) for n in range(10)
    }
    found = select({"a.json": {"g": group}}, Query(folders=tuple(f"g.t{n}" for n in asked) or ("none",)))
    inside = set(paths(found.documents.get("a.json", {})))
    assert {f"g.t{n}" for n in asked} <= inside
    assert not found.external
    text = json.dumps(found.documents)
    assert all(f"{{g.t{n}}}" not in text or f"g.t{n}" in inside for n in range(10))
    reachable = {f"g.t{n}" for n in asked}
    for _ in range(10):
        reachable |= {f"g.t{to}" for at, to in edges if f"g.t{at}" in reachable}
    assert inside == reachable
