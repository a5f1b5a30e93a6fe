"""Three-way merge, case by case: what each kind of change and each kind of conflict gives."""

import json

import pytest

from dss_tokens.merge import MergeConflictError, Place, Side, merge, read_resolutions, strategies
from dss_tokens.merge.clock import Stamp
from dss_tokens.merge.conflicts import RevisionMovedError
from dss_tokens.merge.sides import Stamps

RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"


def token(value, **members):
    return {"$type": "color", "$value": value, **{f"${key}": part for key, part in members.items()}}


def sides(base, local, remote, **ids):
    """Three documents as sides; ``local_ids`` and the like give paths other identities than their own."""

    def side(name, document):
        given = {Place("t", path): id for path, id in ids.get(name, {}).items()}
        return Side(documents={"t": document} if document is not None else {}, ids=given)

    return side("base_ids", base), side("local_ids", local), side("remote_ids", remote)


def merged(base, local, remote, strategy="manual", **ids):
    options = {key: ids.pop(key) for key in ("resolutions", "composite_fields") if key in ids}
    return merge(*sides(base, local, remote, **ids), strategy=strategies.get(strategy), **options)


def kinds(result):
    return [(conflict.kind, conflict.path, conflict.field) for conflict in result.conflicts]


def renamed(path):
    """The id of what stood at *path* in the set ``t``."""
    return f"t#/{path}"


@pytest.mark.parametrize(
    ("base", "local", "remote", "want"),
    [
        pytest.param({"a": token(RED)}, {"a": token(GREEN)}, {"a": token(RED)}, {"a": token(GREEN)}, id="only-local"),
        pytest.param({"a": token(RED)}, {"a": token(RED)}, {"a": token(GREEN)}, {"a": token(GREEN)}, id="only-remote"),
        pytest.param({"a": token(RED)}, {"a": token(BLUE)}, {"a": token(BLUE)}, {"a": token(BLUE)}, id="both-alike"),
        pytest.param(
            {"a": token(RED)},
            {"a": token(RED, description="x")},
            {"a": token(GREEN)},
            {"a": token(GREEN, description="x")},
            id="two-fields",
        ),
        pytest.param({"a": token(RED)}, {}, {"a": token(RED)}, {}, id="deleted-locally"),
        pytest.param({"a": token(RED)}, {"a": token(RED)}, {}, {}, id="deleted-remotely"),
        pytest.param({}, {"a": token(RED)}, {"b": token(RED)}, {"a": token(RED), "b": token(RED)}, id="both-add"),
        pytest.param({}, {"a": token(RED)}, {"a": token(RED)}, {"a": token(RED)}, id="both-add-the-same"),
        pytest.param(
            {"a": token(RED, extensions={"dss": {"tags": ["x", "y"]}})},
            {"a": token(RED, extensions={"dss": {"tags": ["y", "new"]}})},
            {"a": token(RED, extensions={"dss": {"tags": ["x", "y", "also"]}})},
            {"a": token(RED, extensions={"dss": {"tags": ["y", "also", "new"]}})},
            id="tags-are-a-set",
        ),
        pytest.param(
            {"a": token(RED, extensions={"v": 1, "w": 1})},
            {"a": token(RED, extensions={"v": 2, "w": 1})},
            {"a": token(RED, extensions={"v": 1, "w": 2})},
            {"a": token(RED, extensions={"v": 2, "w": 2})},
            id="each-extension",
        ),
        pytest.param(
            {"a": token(RED, extensions={"com.figma": {"scopes": ["A"], "id": "1"}})},
            {"a": token(RED, extensions={"com.figma": {"scopes": ["B"], "id": "1"}})},
            {"a": token(RED, extensions={"com.figma": {"scopes": ["A"], "id": "1", "hidden": True}})},
            {"a": token(RED, extensions={"com.figma": {"scopes": ["B"], "id": "1", "hidden": True}})},
            id="figma-by-member",
        ),
        pytest.param(
            {"a": token(RED, extensions={"mode": {"dark": RED}})},
            {"a": token(RED, extensions={"mode": {"dark": GREEN}})},
            {"a": token(RED, extensions={"mode": {"dark": RED, "hc": BLUE}})},
            {"a": token(RED, extensions={"mode": {"dark": GREEN, "hc": BLUE}})},
            id="values-per-mode",
        ),
        pytest.param(
            {"g": {"$type": "color", "a": {"$value": RED}}},
            {"g": {"$type": "color", "$description": "ours", "a": {"$value": RED}}},
            {"g": {"$type": "color", "$deprecated": True, "a": {"$value": RED}}},
            {"g": {"$type": "color", "$description": "ours", "$deprecated": True, "a": {"$value": RED}}},
            id="group-properties",
        ),
        pytest.param({"a": token(RED)}, None, {"a": token(RED)}, None, id="set-deleted"),
        pytest.param(
            {"n": {"$type": "number", "$value": 1}},
            {"n": {"$type": "number", "$value": 1}},
            {"n": {"$type": "number", "$value": True}},
            {"n": {"$type": "number", "$value": True}},
            id="true-is-not-1",
        ),
        pytest.param(
            {"a": {"value": RED, "type": "color"}},
            {"a": {"value": RED, "type": "color", "comment": "x"}},
            {"a": {"value": GREEN, "type": "color"}},
            {"a": {"value": GREEN, "type": "color", "comment": "x"}},
            id="without-dollars",
        ),
    ],
)
def test_changes_of_both_sides_come_together(base, local, remote, want):
    result = merged(base, local, remote)
    assert result.conflicts == ()
    assert dict(result.documents) == ({} if want is None else {"t": want})
    # whoever merges whom
    mirrored = merged(base, remote, local)
    assert dict(mirrored.documents) == dict(result.documents)


@pytest.mark.parametrize(
    ("base", "local", "remote", "conflict", "keep_local", "keep_remote"),
    [
        pytest.param(
            {"a": token(RED)}, {"a": token(GREEN)}, {"a": token(BLUE)}, ("both_modified", "a", "$value"),
            {"a": token(GREEN)}, {"a": token(BLUE)}, id="both_modified",
        ),
        pytest.param(
            {"a": token(RED)}, {}, {"a": token(BLUE)}, ("delete_modify", "a", ""),
            {}, {"a": token(BLUE)}, id="delete_modify",
        ),
        pytest.param(
            {"a": {"$type": "number", "$value": 1}},
            {"a": {"$type": "fontWeight", "$value": 1}},
            {"a": {"$type": "number", "$value": 2}},
            ("type_change", "a", "$value"),
            {"a": {"$type": "fontWeight", "$value": 1}},
            {"a": {"$type": "number", "$value": 2}},
            id="type_change",
        ),
        pytest.param(
            {"g": {"$type": "number", "a": {"$value": 1}}},
            {"g": {"$type": "fontWeight", "a": {"$value": 1}}},
            {"g": {"$type": "number", "a": {"$value": 2}}},
            ("type_change", "g.a", "$value"),
            {"g": {"$type": "fontWeight", "a": {"$value": 1}}},
            {"g": {"$type": "fontWeight", "a": {"$type": "number", "$value": 2}}},
            id="type_change-of-the-group",
        ),
        pytest.param(
            {}, {"a": token(GREEN)}, {"a": token(BLUE)}, ("add_add", "a", "$value"),
            {"a": token(GREEN)}, {"a": token(BLUE)}, id="add_add-same-identity",
        ),
        pytest.param(
            {"a": token(RED)}, {"a": token(RED), "b": token("{a}")}, {}, ("alias_target_deleted", "b", "$value"),
            {"a": token(RED), "b": token("{a}")}, {"b": token(RED)}, id="alias_target_deleted",
        ),
        pytest.param(
            {"a": token(RED), "b": token(RED)},
            {"a": token("{b}"), "b": token(RED)},
            {"a": token(RED), "b": token("{a}")},
            ("alias_cycle", "a", "$value"),
            {"a": token("{b}"), "b": token(RED)}, {"a": token(RED), "b": token("{a}")}, id="alias_cycle",
        ),
        pytest.param(
            {"a": token(RED, extensions={"mode": {"dark": RED, "dim": RED}})},
            {"a": token(RED, extensions={"mode": {"dim": RED}})},
            {"a": token(RED, extensions={"mode": {"dark": BLUE, "dim": RED}})},
            ("context_removed", "a", "$extensions.mode.dark"),
            {"a": token(RED, extensions={"mode": {"dim": RED}})},
            {"a": token(RED, extensions={"mode": {"dim": RED, "dark": BLUE}})}, id="context_removed",
        ),
    ],
)  # fmt: skip
def test_conflicts_are_found_and_decided(base, local, remote, conflict, keep_local, keep_remote):
    result = merged(base, local, remote)
    assert kinds(result) == [conflict]
    assert len(result.open) == 1
    for strategy, want in (("keep_local", keep_local), ("keep_remote", keep_remote)):
        decided = merged(base, local, remote, strategy)
        assert kinds(decided) == [conflict] and not decided.open
        assert decided.documents["t"] == want
        other = {"keep_local": "keep_remote", "keep_remote": "keep_local"}[strategy]
        assert merged(base, remote, local, other).documents["t"] == want


def test_a_rename_and_a_change_of_value_both_hold():
    result = merged({"a": token(RED)}, {"b": token(RED)}, {"a": token(GREEN)}, local_ids={"b": renamed("a")})
    assert result.documents["t"] == {"b": token(GREEN)}
    assert result.ids == {Place("t", "b"): renamed("a")}


def test_references_follow_what_the_other_side_renamed():
    result = merged(
        {"a": token(RED)},
        {"b": token(RED)},
        {"a": token(RED), "c": token("{a}"), "d": {"$type": "color", "$value": {"$ref": "#/a/$value"}}},
        local_ids={"b": renamed("a")},
    )
    assert result.conflicts == ()
    assert result.documents["t"]["c"] == token("{b}")
    assert result.documents["t"]["d"]["$value"] == {"$ref": "#/b/$value"}


def test_what_is_added_to_a_renamed_group_goes_along():
    base = {"g": {"a": token(RED)}}
    local = {"h": {"a": token(RED)}}
    remote = {"g": {"a": token(RED), "b": token("{g.a}")}}
    result = merged(base, local, remote, local_ids={"h": "t#/g/", "h.a": renamed("g.a")})
    assert result.conflicts == ()
    assert result.documents["t"] == {"h": {"a": token(RED), "b": token("{h.a}")}}


def test_a_group_that_moved_out_is_not_left_behind_where_it_stood():
    base = {"b": {"c": {"y": token(RED)}}}
    local = {"b": {"c": {"y": token(RED)}, "new": token(BLUE)}}
    remote = {"a": {"i": {"y": token(RED)}}}
    result = merged(base, local, remote, remote_ids={"a.i": renamed("b.c/"), "a.i.y": renamed("b.c.y")})
    assert result.documents["t"] == {"b": {"new": token(BLUE)}, "a": {"i": {"y": token(RED)}}}
    assert not result.conflicts


def test_a_reference_follows_what_stands_elsewhere_than_on_both_sides():
    base = {"a": {"y": token(RED)}, "h": {"x": token(BLUE)}, "b": token("{h.x}")}
    local = {"h": {"x": token(BLUE), "y": token(RED)}, "b": token("{h.x}")}
    remote = {"g": {"y": token(RED)}, "h": {"x": token(BLUE)}, "b": token("{h.x}")}
    result = merged(
        base, local, remote, "keep_remote",
        local_ids={"h": renamed("a/"), "h.y": renamed("a.y"), "h.x": renamed("h.x")},
        remote_ids={"g": renamed("a/"), "g.y": renamed("a.y")},
    )  # fmt: skip
    assert result.documents["t"] == {"g": {"x": token(BLUE), "y": token(RED)}, "b": token("{g.x}")}


def test_two_new_names_are_a_conflict():
    ids = {"local_ids": {"b": renamed("a")}, "remote_ids": {"c": renamed("a")}}
    result = merged({"a": token(RED)}, {"b": token(RED)}, {"c": token(RED)}, **ids)
    assert kinds(result) == [("rename_rename", "b", "name")]
    assert merged({"a": token(RED)}, {"b": token(RED)}, {"c": token(RED)}, "keep_remote", **ids).documents["t"] == {
        "c": token(RED)
    }


def test_groups_moved_into_each_other_stay_a_tree():
    base = {"g": {"a": token(RED)}, "h": {"b": token(RED)}}
    local = {"h": {"b": token(RED), "g": {"a": token(RED)}}}
    remote = {"g": {"a": token(RED), "h": {"b": token(RED)}}}
    ids = {
        "local_ids": {"h.g": "t#/g/", "h.g.a": renamed("g.a")},
        "remote_ids": {"g.h": "t#/h/", "g.h.b": renamed("h.b")},
    }
    assert kinds(merged(base, local, remote, **ids)) == [("move_cycle", "h.g", "parent")]
    assert merged(base, local, remote, "keep_local", **ids).documents["t"] == local
    assert merged(base, local, remote, "keep_remote", **ids).documents["t"] == remote


def test_two_tokens_at_one_place_get_two_names_and_references_follow():
    local = {"n": token(RED), "x": token("{n}")}
    remote = {"n": token(BLUE), "y": token("{n}")}
    result = merged({}, local, remote, "keep_local", local_ids={"n": "L"}, remote_ids={"n": "R"})
    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.field) == ("add_add", "")
    document = result.documents["t"]
    (other,) = (name for name in document if name.startswith("n~"))
    assert document == {"n": token(RED), other: token(BLUE), "x": token("{n}"), "y": token(f"{{{other}}}")}
    mirrored = merged({}, remote, local, "keep_remote", local_ids={"n": "R"}, remote_ids={"n": "L"})
    assert mirrored.documents["t"] == document


def test_equal_tokens_at_one_place_are_one():
    result = merged({}, {"n": token(RED)}, {"n": token(RED)}, local_ids={"n": "L"}, remote_ids={"n": "K"})
    assert result.conflicts == ()
    assert result.documents["t"] == {"n": token(RED)}
    assert result.joined == {"L": "K"}


def test_a_type_goes_with_its_value_into_a_group_of_another_type():
    base = {"g": {"$type": "number"}}
    result = merged(base, {"g": {"$type": "dimension"}}, {"g": {"$type": "number", "a": {"$value": 1}}})
    assert result.conflicts == ()
    assert result.documents["t"]["g"]["a"] == {"$type": "number", "$value": 1}


def test_a_group_stays_for_what_the_other_side_put_into_it():
    base = {"g": {"$description": "d", "a": token(RED)}}
    result = merged(base, {}, {"g": {"$description": "d", "a": token(RED), "b": token(BLUE)}})
    assert result.conflicts == ()
    assert result.documents["t"] == {"g": {"$description": "d", "b": token(BLUE)}}


def test_a_deleted_alias_target_leaves_its_value_with_its_type():
    base = {"g": {"$type": "color", "a": {"$value": RED}}}
    local = {"b": {"$value": "{g.a}"}, "g": {"$type": "color", "a": {"$value": RED}}}
    result = merged(base, local, {}, "keep_remote")
    assert result.documents["t"] == {"b": {"$type": "color", "$value": RED}}


def test_chains_of_deleted_targets_come_back_whole():
    base = {"a": token(RED), "b": token("{a}")}
    local = {**base, "c": token("{b}")}
    assert merged(base, local, {}, "keep_local").documents["t"] == local
    assert merged(base, local, {}, "keep_remote").documents["t"] == {"c": token(RED)}


def test_a_part_of_a_deleted_target_is_written_out():
    target = {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 0, 0]}}
    user = {"$type": "number", "$value": {"$ref": "#/a/$value/components/0"}}
    result = merged({"a": target}, {"a": target, "b": user}, {}, "keep_remote")
    assert result.documents["t"] == {"b": {"$type": "number", "$value": 1}}


def test_the_order_of_whoever_changed_it_holds():
    base = {name: token(RED) for name in "abcd"}
    local = {name: token(RED) for name in "dcba"}
    remote = {name: token(RED) for name in "abxcd"}
    assert list(merged(base, local, remote).documents["t"]) == list("dcbxa")
    assert list(merged(base, remote, local).documents["t"]) == list("dcbxa")
    assert list(merged(base, base, local).documents["t"]) == list("dcba")


def test_composites_are_one_unit_unless_asked_otherwise():
    def shadow(blur, spread):
        return {"a": {"$type": "shadow", "$value": {"blur": blur, "spread": spread}}}

    assert kinds(merged(shadow(1, 1), shadow(2, 1), shadow(1, 2))) == [("both_modified", "a", "$value")]
    result = merged(shadow(1, 1), shadow(2, 1), shadow(1, 2), composite_fields=True)
    assert result.conflicts == () and result.documents["t"] == shadow(2, 2)


def test_what_did_not_change_is_the_local_object_itself():
    local = {"g": {"a": token(RED)}, "h": {"b": token(RED)}}
    remote = json.loads(json.dumps(local))
    remote["h"]["b"] = token(BLUE)
    result = merged(json.loads(json.dumps(local)), local, remote)
    assert result.documents["t"]["g"] is local["g"]
    assert result.documents["t"]["h"] is not local["h"]
    assert merged(local, local, local).documents["t"] is local


def test_the_changes_say_what_is_new_locally():
    base = {"a": token(RED), "b": token(RED), "c": token(RED)}
    remote = {"a": token(BLUE), "d": token(RED), "new": token(RED)}
    result = merged(base, base, remote, remote_ids={"d": renamed("b")})
    assert [
        (c.kind, c.place.path, c.before and c.before.path, [f.field for f in c.fields]) for c in result.changes
    ] == [
        ("changed", "a", None, ["$value"]),
        ("moved", "d", "b", []),
        ("removed", "c", None, []),
        ("added", "new", None, ["$type", "$value"]),
    ]


def test_the_newer_side_wins_and_a_tie_is_decided_by_content():
    base, local, remote = {"a": token(RED)}, {"a": token(GREEN)}, {"a": token(BLUE)}

    def at(side, ms):
        return Side(documents=side.documents, stamps={renamed("a"): Stamps(Stamp(ms, 0, 1))})

    b, ours, theirs = sides(base, local, remote)
    newest = strategies.get("keep_newest")
    assert merge(b, at(ours, 2), at(theirs, 1), strategy=newest).documents["t"] == local
    assert merge(b, at(ours, 1), at(theirs, 2), strategy=newest).documents["t"] == remote
    one = merge(b, at(ours, 1), at(theirs, 1), strategy=newest).documents["t"]
    assert one == merge(b, at(theirs, 1), at(ours, 1), strategy=newest).documents["t"]


def test_without_a_base_nothing_is_deleted_and_history_tells_who_is_newer():
    from dss_tokens.merge.revisions import revision

    old, new = token(RED), token(GREEN)
    ours = Side(documents={"t": {"a": old, "mine": token(RED)}})
    theirs = Side(
        documents={"t": {"a": new, "theirs": token(RED)}}, history={renamed("a"): [revision("a", "t#//", old)]}
    )
    result = merge(None, ours, theirs, strategy=strategies.get("manual"))
    assert result.conflicts == ()
    assert result.documents["t"] == {"a": new, "mine": token(RED), "theirs": token(RED)}
    unknown = merge(None, ours, Side(documents=theirs.documents), strategy=strategies.get("manual"))
    assert kinds(unknown) == [("add_add", "a", "$value")]


def test_a_part_of_a_project_deletes_nothing():
    base, local, _ = sides({"a": token(RED), "b": token(RED)}, {"a": token(RED), "b": token(RED)}, {})
    part = Side(documents={"t": {"a": token(BLUE)}}, complete=False)
    result = merge(base, local, part, strategy=strategies.get("manual"))
    assert result.documents["t"] == {"a": token(BLUE), "b": token(RED)}


def test_decisions_are_given_back_and_refused_when_the_values_moved():
    base, local, remote = {"a": token(RED)}, {"a": token(GREEN)}, {"a": token(BLUE)}
    listed = [conflict.to_json() for conflict in merged(base, local, remote).open]
    saved = json.loads(json.dumps({"conflicts": [{**listed[0], "choose": "remote"}]}))
    assert merged(base, local, remote, resolutions=read_resolutions(saved)).documents["t"] == remote
    saved["conflicts"][0] |= {"choose": "value", "value": "#123456"}
    assert merged(base, local, remote, resolutions=read_resolutions(saved)).documents["t"] == {"a": token("#123456")}
    with pytest.raises(RevisionMovedError):
        merged(base, local, {"a": token("#111111")}, resolutions=read_resolutions(saved))


def test_open_conflicts_can_be_raised_as_one_error():
    result = merged({"a": token(RED)}, {"a": token(GREEN)}, {"a": token(BLUE)})
    error = MergeConflictError(list(result.open))
    assert error.exit_status == 5 and error.code == "DSS690"


def test_resolver_documents_are_merged_member_by_member():
    def document(**changes):
        return {"version": "2025.10", "sets": {"base": {"sources": [{"$ref": "a.json"}]}},
                "modifiers": {"theme": {"contexts": {"light": [], "dark": [{"$ref": "d.json"}]}}},
                "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}], **changes}  # fmt: skip

    local = document(sets={"base": {"sources": [{"$ref": "a.json"}, {"$ref": "b.json"}]}})
    remote = document(sets={"base": {"sources": [{"$ref": "a.json"}]}, "more": {"sources": []}})
    result = merged(document(), local, remote)
    assert result.conflicts == ()
    assert result.documents["t"]["sets"] == {
        "base": {"sources": [{"$ref": "a.json"}, {"$ref": "b.json"}]},
        "more": {"sources": []},
    }
    clash = merged(document(), document(version="x"), document(version="y"))
    assert kinds(clash) == [("both_modified", "version", "")]


def test_two_base_tokens_of_one_group_are_both_tokens_afterwards():
    base, local, remote = (
        {"g": {"a": token(RED), **more}} for more in ({}, {"$root": token(GREEN)}, {"$root": token(BLUE)})
    )
    ids = {"local_ids": {"g.$root": "one"}, "remote_ids": {"g.$root": "other"}}
    group = merged(base, local, remote, "keep_local", **ids).documents["t"]["g"]
    assert group.pop("$root") == token(GREEN)
    (name,) = group.keys() - {"a"}
    assert name.startswith("root~") and group[name] == token(BLUE)


def test_a_group_that_comes_to_the_place_of_another_one_brings_what_is_in_it():
    base = {"g": {"x": token(RED), "i": {"y": token(RED)}}, "h": {"x": token(GREEN), "i": {"y": token(GREEN)}}}
    remote = {"g": base["h"]}
    ids = {"g": "t#/h/", "g.x": renamed("h.x"), "g.i": "t#/h.i/", "g.i.y": renamed("h.i.y")}
    result = merged(base, base, remote, remote_ids=ids)
    assert result.conflicts == ()
    assert result.documents["t"] == remote
    ids |= {"h": "t#/g/", "h.x": renamed("g.x"), "h.i": "t#/g.i/", "h.i.y": renamed("g.i.y")}
    swapped = {"g": base["h"], "h": base["g"]}
    assert merged(base, base, swapped, remote_ids=ids).documents["t"] == swapped


def test_a_set_that_comes_to_the_place_of_another_one_brings_what_is_in_it():
    base = {"one": {"g": {"x": token(RED)}}, "two": {"g": {"x": token(GREEN)}}}
    remote = {"one": base["two"]}
    ids = {Place("one", ""): "two#//", Place("one", "g"): "two#/g/", Place("one", "g.x"): "two#/g.x"}
    sides = Side(documents=base), Side(documents=base), Side(documents=remote, ids=ids)
    assert dict(merge(*sides, strategy=strategies.get("manual")).documents) == remote


def test_extending_groups_follow_a_renamed_group():
    base = {"g": {"a": token(RED)}}
    remote = {**base, "h": {"$extends": "{g}"}, "i": {"$extends": "#/g"}}
    result = merged(base, {"z": base["g"]}, remote, local_ids={"z": "t#/g/", "z.a": renamed("g.a")})
    assert result.conflicts == ()
    assert result.documents["t"] == {"z": base["g"], "h": {"$extends": "{z}"}, "i": {"$extends": "#/z"}}


def test_groups_that_extend_each_other_only_together_are_a_conflict():
    base = {"g": {"a": token(RED)}, "h": {"b": token(RED)}, "i": {"c": token(RED)}}
    local = {**base, "g": {"$extends": "{h}", "a": token(RED)}, "h": {"$extends": "{i}", "b": token(RED)}}
    remote = {**base, "i": {"$extends": "#/g", "c": token(RED)}}
    result = merged(base, local, remote)
    assert kinds(result) == [("alias_cycle", "g", "$extends")]
    (conflict,) = result.open
    assert (conflict.local, conflict.remote) == ({"g": "{h}", "h": "{i}"}, {"i": "#/g"})
    assert conflict.target == "g -> h -> i -> g"
    assert merged(base, local, remote, "keep_local").documents["t"] == local
    assert merged(base, local, remote, "keep_remote").documents["t"] == remote
    assert merged(base, remote, local, "keep_local").documents["t"] == remote


def test_a_group_never_extends_itself_because_it_was_joined_with_what_it_extends():
    base = {"g": {"a": token(RED)}, "h": {"$extends": "{g}", "b": token(BLUE)}}
    local = {"k": {"a": token(RED)}, "h": {"$extends": "{k}", "b": token(BLUE)}}
    remote = {"g": {"a": token(RED)}, "k": {"$extends": "{g}", "b": token(BLUE)}}
    ids = {
        "local_ids": {"k": "t#/g/", "k.a": renamed("g.a")}, "remote_ids": {"k": "t#/h/", "k.b": renamed("h.b")},
    }  # fmt: skip
    for strategy in ("keep_local", "keep_remote", "manual"):
        assert merged(base, local, remote, strategy, **ids).documents["t"] == {
            "k": {"a": token(RED), "b": token(BLUE)}
        }  # fmt: skip


def test_a_deleted_group_that_the_other_side_extends_is_a_conflict():
    base = {"g": {"$type": "color", "a": {"$value": RED}}, "x": token(RED)}
    remote = {**base, "h": {"$extends": "{g}", "b": {"$value": BLUE}}}
    local = {"x": token(RED)}
    assert kinds(merged(base, local, remote)) == [("alias_target_deleted", "h", "$extends")]
    assert merged(base, local, remote, "keep_remote").documents["t"] == {
        "x": token(RED), "h": remote["h"], "g": base["g"]
    }  # fmt: skip
    assert merged(base, local, remote, "keep_local").documents["t"] == {
        "x": token(RED), "h": {"b": {"$value": BLUE}}
    }  # fmt: skip


def test_a_base_token_of_a_group_moves_with_it():
    base = {"g": {"$root": token(RED), "a": token(BLUE)}}
    local = {"h": {"$root": token(RED), "a": token(BLUE)}}
    remote = {**base, "u": token("{g.$root}")}
    ids = {"h": "t#/g/", "h.$root": renamed("g.$root"), "h.a": renamed("g.a")}
    assert merged(base, local, remote, local_ids=ids).documents["t"] == {**local, "u": token("{h.$root}")}


def test_a_token_that_became_a_group_against_a_change_loses_neither():
    base = {"a": token(RED)}
    local = {"a": {"$root": token(RED), "b": token(BLUE)}}
    remote = {"a": token(GREEN)}
    result = merged(base, local, remote)
    assert kinds(result)[0] == ("delete_modify", "a", "")
    kept = merged(base, local, remote, "keep_local").documents["t"]
    assert kept == local
    both = merged(base, local, remote, "keep_remote").documents["t"]
    assert sorted(map(str, both.values())) == sorted(map(str, [local["a"], remote["a"]]))


@pytest.mark.parametrize("value", [None, 5, "text", ["list"], {"deep": [1]}])
def test_what_nobody_understands_is_kept(value):
    base = {"x": value, "$future": value, "a": {**token(RED), "$new": value}}
    remote = {**base, "b": token(BLUE)}
    result = merged(base, {**base, "c": token(RED)}, remote)
    assert result.conflicts == () and result.documents["t"] == {**base, "b": token(BLUE), "c": token(RED)}
