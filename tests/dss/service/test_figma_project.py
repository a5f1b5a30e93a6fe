"""A project and its Figma file: what is asked, what arrives where, what survives."""

import json
import os
import shutil

import pytest

from dss.service import figma_file
from dss_tokens.errors import DssError
from figma.fake.service import refused

MODES = [{"modeId": "1:0", "name": "Light"}, {"modeId": "1:1", "name": "Dark"}]
COLLECTION = "VariableCollectionId:1:0"
RED, GREEN, BLUE = ({"r": r, "g": g, "b": b, "a": 1} for r, g, b in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
LIGHT, DARK, RESOLVER = "theme.light.tokens.json", "theme.dark.tokens.json", "tokens.resolver.json"


def identity(number):
    return f"VariableID:1:{number}"


def variable(number, name, value=RED, **more):
    return {
        "id": identity(number), "key": f"{number:040x}", "name": name, "resolvedType": "COLOR",
        "variableCollectionId": COLLECTION, "remote": False, "description": "", "scopes": ["ALL_SCOPES"],
        "hiddenFromPublishing": False, "codeSyntax": {}, "valuesByMode": {mode["modeId"]: value for mode in MODES},
        **more,
    }  # fmt: skip


def payload(*variables):
    collection = {
        "id": COLLECTION, "key": "c" * 40, "name": "Theme", "modes": MODES, "defaultModeId": "1:0", "remote": False,
        "hiddenFromPublishing": False, "variableIds": [v["id"] for v in variables],
    }  # fmt: skip
    found = {"variables": {v["id"]: v for v in variables}, "variableCollections": {COLLECTION: collection}}
    return {"status": 200, "error": False, "meta": found}


@pytest.fixture
def world(figma_world, tmp_path):
    return figma_world(tmp_path, payload(variable(1, "brand/main"), variable(2, "brand/soft", GREEN)))


def asked(world):
    return [path.rsplit("/", 1)[-1] for _, path in world.fake.requests]


def srgb(*channels):
    return {"colorSpace": "srgb", "components": list(channels)}


def set_in_figma(world, number, value, mode="1:0"):
    world.figma(variableModeValues=[{"variableId": identity(number), "modeId": mode, "value": value}])


def delete_in_figma(world, number):
    world.figma(variables=[{"action": "DELETE", "id": identity(number)}])


def components(world, name, *path):
    node = world.document(name)
    for part in path:
        node = node[part]
    return node["$value"]["components"]


# --- asking --------------------------------------------------------------------------------------------------------


def test_a_pull_with_nothing_new_is_one_cheap_request(world):
    world.pull()
    assert asked(world) == ["meta", "local"]
    assert world.pull() is None
    assert asked(world) == ["meta", "local", "meta"]
    set_in_figma(world, 1, BLUE)
    assert world.pull().contents
    assert asked(world)[-2:] == ["meta", "local"]


@pytest.mark.parametrize("change", ["files", "options", "styles", "base"])
def test_nothing_new_in_figma_is_not_enough_when_something_else_is(world, change):
    world.pull()
    if change == "files":
        shutil.rmtree(world.folder)
    elif change == "base":
        shutil.rmtree(world.root / ".dss")
    else:
        wanted = {"options": {"options": {"group_by_collection": True}}, "styles": {"styles": True}}[change]
        world.project.wanted = figma_file.replace(world.project.wanted, **wanted)
        del world.project.__dict__["made_by"]
    assert world.pull() is not None
    assert (world.folder / RESOLVER).exists()


def test_a_token_without_the_scope_for_metadata_pulls_all_the_same(world):
    world.fake.tokens = {"figd_secret": frozenset({"file_variables:read"})}
    assert world.pull().contents
    assert world.pull().is_empty
    assert asked(world) == ["meta", "local", "meta", "local"]


@pytest.mark.parametrize("code", ["DSS401", "DSS404", "DSS407", "DSS411", "DSS412"])
def test_a_refusal_of_the_cheap_request_is_told(world, code):
    answers = {
        "DSS401": refused(401, "Unauthorized"), "DSS404": refused(404, "Not found", files_shape=True),
        "DSS407": refused(403, "Invalid token", files_shape=True),
        "DSS411": refused(429, "Rate limit", **{"Retry-After": "9999"}), "DSS412": refused(500, "oops"),
    }  # fmt: skip
    world.fake.fail_next(answers[code], times=4)
    with pytest.raises(DssError) as failed:
        world.pull()
    assert failed.value.code == code
    assert not world.folder.exists()


def test_a_plan_without_variables_names_the_two_other_sources_and_the_command(world):
    world.fake.enterprise = False
    with pytest.raises(DssError) as failed:
        world.pull()
    (found,) = failed.value.diagnostics
    assert found.code == "DSS402"
    assert "dss figma pull abcdefghij --from-file EXPORT.zip" in found.hint
    assert "dss figma pull abcdefghij --styles" in found.hint
    assert "plugin" in found.hint


# --- watching ------------------------------------------------------------------------------------------------------


def test_a_watch_waits_longer_after_faults_and_goes_on(world):
    waits = []
    world.fake.fail_next(refused(500, "oops"), times=8)
    found = figma_file.looks(world.client, world.project.wanted, 60, waits.append, {})
    looks = [next(found) for _ in range(3)]
    assert [look.fault.code if look.fault else None for look in looks] == ["DSS412", "DSS412", None]
    assert waits == [120, 240]
    set_in_figma(world, 1, BLUE)
    assert next(found).versions.of == {"abcdefghij": "2"}
    assert waits == [120, 240, 60]


def test_a_watch_sleeps_while_nothing_changes(world):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 5:
            set_in_figma(world, 1, BLUE)

    found = figma_file.looks(world.client, world.project.wanted, 60, wait, {"abcdefghij": "1"})
    assert next(found).versions.of == {"abcdefghij": "2"}
    assert waits == [60] * 5
    assert set(asked(world)) == {"meta", "variables"}


def test_a_watch_ends_where_waiting_does_not_help(world):
    world.fake.fail_next(refused(403, "Invalid token", files_shape=True))
    with pytest.raises(DssError):
        next(figma_file.looks(world.client, world.project.wanted, 60, pytest.fail, {}))


# --- both sides ----------------------------------------------------------------------------------------------------


def test_a_token_added_here_gets_its_ids_and_is_made_once(world):
    world.pull()
    added = {"$type": "color", "$value": srgb(0, 0, 1), "$description": "Ours."}
    for name in (LIGHT, DARK):
        world.edit(name, lambda document: document["brand"].update(loud=dict(added)))
    (body,) = world.push()
    assert [entry["action"] for entry in body["variables"]] == ["CREATE"]
    token = world.document(LIGHT)["brand"]["loud"]
    assert token["$description"] == "Ours."
    made = token["$extensions"]["com.figma"]["id"]
    assert made in world.fake.files["abcdefghij"].variables
    assert world.push() == []
    assert world.pull(even_if_unchanged=True).is_empty


def test_a_new_set_keeps_its_file_and_a_new_mode_gets_one(world):
    world.pull()

    def change(document):
        document["sets"] = {"Extra": {"sources": [{"$ref": "own/extra.json"}]}}
        document["resolutionOrder"].insert(0, {"$ref": "#/sets/Extra"})
        document["modifiers"]["Theme"]["contexts"]["Night"] = []

    world.edit(RESOLVER, change)
    extra = world.folder / "own" / "extra.json"
    extra.parent.mkdir()
    extra.write_text('{"word": {"$type": "string", "$value": "Ahoi"}}')
    world.push()
    kept = json.loads(extra.read_text())["word"]
    assert kept["$value"] == "Ahoi"
    assert kept["$extensions"]["com.figma"]["resolvedType"] == "STRING"
    document = world.document(RESOLVER)
    assert document["sets"]["Extra"]["sources"] == [{"$ref": "own/extra.json"}]
    assert document["modifiers"]["Theme"]["contexts"]["Night"] == [{"$ref": "theme.night.tokens.json"}]
    assert components(world, "theme.night.tokens.json", "brand", "soft") == [0, 1, 0]
    assert world.push() == []
    assert world.pull(even_if_unchanged=True).is_empty
    assert [p.name for p in world.folder.rglob("*extra*")] == ["extra.json"]


def test_a_file_that_a_person_renamed_still_gets_what_figma_changes(world):
    world.pull()
    (world.folder / "themes").mkdir()
    (world.folder / LIGHT).rename(world.folder / "themes" / "light.json")

    def change(document):
        document["modifiers"]["Theme"]["contexts"]["Light"] = [{"$ref": "./themes/light.json"}]

    world.edit(RESOLVER, change)
    set_in_figma(world, 1, BLUE)
    plan = world.pull()
    assert plan.conflicts == ()
    assert components(world, "themes/light.json", "brand", "main") == [0, 0, 1]
    assert not (world.folder / LIGHT).exists()
    assert world.pull(even_if_unchanged=True).is_empty
    world.pull(overwrite=True)
    assert components(world, "themes/light.json", "brand", "main") == [0, 0, 1]
    assert not (world.folder / LIGHT).exists()


def test_a_token_that_was_copied_with_its_marks_is_a_second_token(world):
    world.pull()

    def copy(document):
        document.update(a={"copy": document["brand"]["main"]}, brand=document.pop("brand"))  # before the original

    world.edit(LIGHT, copy)
    world.edit(DARK, copy)
    set_in_figma(world, 1, BLUE)
    assert world.pull().conflicts == ()
    assert components(world, LIGHT, "brand", "main") == [0, 0, 1]
    assert components(world, LIGHT, "a", "copy") == [1, 0, 0]


@pytest.mark.parametrize(("theirs", "conflicts"), [(BLUE, 0), (GREEN, 1)])
def test_a_token_added_on_both_sides_is_one_token(world, theirs, conflicts):
    world.pull()
    added = {"$type": "color", "$value": srgb(0, 0, 1)}
    for name in (LIGHT, DARK):
        world.edit(name, lambda document: document["brand"].update(loud=dict(added)))
    create = {"action": "CREATE", "id": "x", "name": "brand/loud", "variableCollectionId": COLLECTION}
    create["resolvedType"] = "COLOR"
    values = [{"variableId": "x", "modeId": mode, "value": value} for mode, value in (("1:0", theirs), ("1:1", BLUE))]
    world.figma(variables=[create], variableModeValues=values)
    plan = world.pull()
    assert len(plan.conflicts) == conflicts
    if not conflicts:
        assert list(world.document(LIGHT)["brand"]) == ["main", "soft", "loud"]
        assert "com.figma" in world.document(LIGHT)["brand"]["loud"]["$extensions"]
    else:
        (conflict,) = plan.conflicts
        assert (conflict.set, conflict.path, conflict.field) == (LIGHT, "brand.loud", "$value")


def test_deletions_of_either_side_stay_and_a_deletion_against_an_edit_is_a_conflict(world):
    world.pull()
    for name in (LIGHT, DARK):
        world.edit(name, lambda document: document["brand"].pop("main"))
    world.fake.files["abcdefghij"].version += 1
    assert world.pull().conflicts == ()
    assert "main" not in world.document(LIGHT)["brand"]
    delete_in_figma(world, 2)
    assert world.pull().conflicts == ()
    assert all(not any(True for _ in world.document(name).get("brand", {})) for name in (LIGHT, DARK))
    set_in_figma(world, 1, BLUE)
    (conflict,) = world.pull().conflicts
    assert (conflict.kind, conflict.path, conflict.set) == ("delete_modify", "brand.main", LIGHT)


def test_a_set_of_a_person_survives_pulls_and_even_overwrite(world):
    world.pull()

    def change(document):
        document["sets"] = {"Own": {"sources": [{"$ref": "own.json"}]}}
        document["resolutionOrder"].append({"$ref": "#/sets/Own"})

    world.edit(RESOLVER, change)
    own = world.folder / "own.json"
    own.write_text('{"x": {"$type": "number", "$value": 1}}')
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    set_in_figma(world, 2, BLUE)
    for more in ({}, {"overwrite": True}):
        assert world.pull(**more).conflicts == ()
        assert own.read_text() == '{"x": {"$type": "number", "$value": 1}}'
        assert world.document(RESOLVER)["sets"]["Own"] == {"sources": [{"$ref": "own.json"}]}
    assert components(world, LIGHT, "brand", "main") == [1, 0, 0]


def test_another_spelling_is_no_edit(world):
    world.pull()
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(1, 0, 0)}))
    text = (world.folder / LIGHT).read_bytes()
    compared = world.project.compare()
    assert (compared.local, compared.remote) == ((), ())
    set_in_figma(world, 2, BLUE)
    assert world.pull().conflicts == ()
    assert world.document(LIGHT)["brand"]["main"]["$value"] == srgb(1, 0, 0)
    assert text != (world.folder / LIGHT).read_bytes()


def test_the_layout_of_a_file_that_was_edited_stays(world):
    world.pull()
    document = world.document(LIGHT)
    document["brand"]["main"]["$value"] = srgb(0, 0, 1)
    (world.folder / LIGHT).write_text(json.dumps(document, indent="\t"))
    set_in_figma(world, 2, BLUE)
    assert world.pull().conflicts == ()
    text = (world.folder / LIGHT).read_text()
    assert text.startswith('{\n\t"brand": {\n\t\t"main"')
    assert components(world, LIGHT, "brand", "soft") == [0, 0, 1]


def test_without_a_base_equal_files_are_fine_and_others_are_conflicts(world):
    world.pull()
    shutil.rmtree(world.root / ".dss")
    assert world.pull().is_empty
    shutil.rmtree(world.root / ".dss")
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    (conflict,) = world.pull().conflicts
    assert conflict.path == "brand.main"
    assert components(world, LIGHT, "brand", "main") == [0, 0, 1]


def test_a_resolver_document_that_was_lost_comes_back_and_the_edits_stay(world):
    world.pull()
    (world.folder / RESOLVER).unlink()
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    set_in_figma(world, 2, BLUE)
    assert world.pull().conflicts == ()
    assert components(world, LIGHT, "brand", "main") == components(world, LIGHT, "brand", "soft") == [0, 0, 1]
    assert (world.folder / RESOLVER).exists()


def test_reading_and_comparing_write_nothing(world):
    world.pull()
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    set_in_figma(world, 1, GREEN)
    set_in_figma(world, 2, BLUE, "1:1")
    before = {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()}
    compared = world.project.compare()
    assert [change.place.path for change in compared.local] == ["brand.main"]
    assert [(change.place.set, change.place.path) for change in compared.remote] == [
        (LIGHT, "brand.main"), (DARK, "brand.soft")
    ]  # fmt: skip
    assert len(world.pull().conflicts) == 1
    assert {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()} == before


def test_keep_newest_looks_at_the_files_that_were_edited(world):
    world.fake.now = lambda: "2026-01-02T00:00:00Z"
    world.pull()
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    set_in_figma(world, 1, GREEN)
    os.utime(world.folder / LIGHT, (1_767_200_000, 1_767_200_000))  # the day before
    assert world.pull("keep_newest").conflicts == ()
    assert components(world, LIGHT, "brand", "main") == [0, 1, 0]


# --- pushing -------------------------------------------------------------------------------------------------------


def many(world, count=60):
    """Tokens that take several requests."""
    world.pull()
    for name in (LIGHT, DARK):
        world.edit(name, lambda document: document.update(
            many={f"n{number}": {"$type": "color", "$value": srgb(0, 0, 1)} for number in range(count)}
        ))  # fmt: skip


@pytest.fixture
def small_requests(monkeypatch):
    from figma.push import bodies

    monkeypatch.setattr(bodies.requests_of, "__defaults__", (bodies.Limits(most_bytes=4000),))


@pytest.mark.parametrize("done", [1, 2, 4])
def test_a_push_that_fails_in_the_middle_is_resumed(world, small_requests, done):
    many(world)
    plan = world.project.plan_push(world.client, delete=False, overwrite=False)
    bodies = world.project.adapter.push.requests_of(plan)
    assert len(bodies) > 5
    post, posted = world.client.post_variables, []

    def failing(key, body):
        if len(posted) == done:
            world.fake.fail_next(refused(500, "oops"))
        posted.append(body)
        return post(key, body)

    world.client.post_variables = failing
    with pytest.raises(DssError) as failed:
        world.project.push(world.client, plan)
    assert [found.code for found in failed.value.diagnostics] == ["DSS412", "DSS480"]
    assert f"{done} of {len(bodies)} requests" in failed.value.diagnostics[1].message
    world.client.post_variables = post
    assert any(found.code == "DSS480" for found in world.project.compare().diagnostics)
    world.push()
    assert world.push() == []
    variables = world.fake.files["abcdefghij"].variables.values()
    made = [variable for variable in variables if variable["name"].startswith("many/")]
    assert sorted(variable["name"] for variable in made) == sorted(f"many/n{number}" for number in range(60))
    assert all(variable["valuesByMode"]["1:1"] == BLUE for variable in made)
    assert world.project.compare().diagnostics == ()
    assert world.pull(even_if_unchanged=True).is_empty


def test_a_pull_after_a_push_that_failed_keeps_the_files_values(world, small_requests):
    many(world)
    plan = world.project.plan_push(world.client, delete=False, overwrite=False)
    post, posted = world.client.post_variables, []

    def failing(key, body):
        posted.append(body)
        if "variableModeValues" in body:
            raise figma_file.RemoteError(figma_file.Diagnostic(code="DSS413", message="gone"))
        return post(key, body)

    world.client.post_variables = failing
    with pytest.raises(DssError):
        world.project.push(world.client, plan)
    pulled = world.pull()
    assert any(found.code == "DSS480" for found in pulled.diagnostics)
    assert pulled.conflicts, "Figma's defaults are not taken for edits"
    assert components(world, LIGHT, "many", "n1") == [0, 0, 1]


def test_what_somebody_changed_during_a_push_is_not_lost(world):
    world.pull()
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    plan = world.project.plan_push(world.client, delete=False, overwrite=False)
    post = world.client.post_variables

    def overtaken(key, body):
        found = post(key, body)
        world.client.post_variables = post
        set_in_figma(world, 1, GREEN)
        return found

    world.client.post_variables = overtaken
    world.project.push(world.client, plan)
    assert components(world, LIGHT, "brand", "main") == [0, 1, 0]
    assert world.push() == []


def test_rem_stays_rem_in_the_files(figma_world, tmp_path):
    gap = variable(3, "gap", 8, resolvedType="FLOAT", scopes=["GAP"])
    world = figma_world(tmp_path, payload(gap))
    world.pull()
    world.edit(LIGHT, lambda document: document["gap"].update({"$value": {"value": 1.5, "unit": "rem"}}))
    (body,) = world.push()
    assert body == {"variableModeValues": [{"variableId": identity(3), "modeId": "1:0", "value": 24}]}
    assert world.document(LIGHT)["gap"]["$value"] == {"value": 1.5, "unit": "rem"}
    assert world.push() == []
    compared = world.project.compare()
    assert (compared.local, compared.remote) == ((), ())


def said(changes):
    return [(one.kind, one.entity, one.place.path) for one in changes]


def test_changes_of_the_resolver_document_are_told(world):
    world.pull()

    def change(document):
        document["modifiers"]["Theme"]["default"] = "Dark"
        document["sets"] = {"mine": {"sources": [{"$ref": "mine.json"}]}}
        document["resolutionOrder"].insert(0, {"$ref": "#/sets/mine"})

    world.edit("tokens.resolver.json", change)
    (world.folder / "mine.json").write_text('{"space": {"$type": "dimension", "$value": "1px"}}')
    world.figma(variableModes=[{"action": "UPDATE", "id": "1:1", "name": "Night", "variableCollectionId": COLLECTION}])
    found = world.project.compare()
    assert ("changed", "document", "modifiers.Theme.default") in said(found.local)
    assert ("added", "document", "sets") in said(found.local)
    assert {("removed", "document", "modifiers.Theme.contexts.Dark"),
            ("added", "document", "modifiers.Theme.contexts.Night")} <= set(said(found.remote))  # fmt: skip
    plan = world.project.plan_pull()
    assert ("added", "document", "modifiers.Theme.contexts.Night") in said(plan.changes)


def test_what_no_variable_can_hold_is_not_for_a_push(world):
    world.pull()
    layer = {"offsetX": "0px", "offsetY": "1px", "blur": "2px", "spread": "0px", "color": "#000"}
    world.edit("theme.light.tokens.json", lambda document: document.update(
        depth={"$type": "shadow", "low": {"$value": layer}, "high": {"$value": layer}}))  # fmt: skip
    found = world.project.compare()
    assert dict(found.unheld) == {"shadow": 2}
    world.edit("theme.light.tokens.json", lambda document: document.update(
        mine={"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}))  # fmt: skip
    found = world.project.compare()
    assert dict(found.unheld) == {"shadow": 2}
    assert len([one for one in found.local if one.entity == "token"]) == 3


def without_dark(document):
    del document["modifiers"]["Theme"]["contexts"]["Dark"]


def test_a_context_that_is_removed_is_a_mode_only_when_deleting_is_asked_for(world):
    world.pull()
    world.edit(RESOLVER, without_dark)
    (world.folder / DARK).unlink()
    plan = world.project.plan_push(world.client, delete=False, overwrite=False)
    assert plan.is_empty
    assert [found.code for found in plan.diagnostics] == ["DSS453"]
    set_in_figma(world, 1, BLUE, "1:1")
    plan = world.project.plan_push(world.client, delete=True, overwrite=False)
    assert plan.is_empty
    assert [change.kind for change in plan.conflicts] == ["delete"], "somebody works on that mode"
    set_in_figma(world, 1, RED, "1:1")
    plan = world.project.plan_push(world.client, delete=True, overwrite=False)
    assert plan.modes == [{"action": "DELETE", "id": "1:1"}]
    world.project.push(world.client, plan)
    assert len(world.fake.files["abcdefghij"].collections[COLLECTION]["modes"]) == 1
    assert world.pull(even_if_unchanged=True).is_empty
    assert components(world, next(iter(world.files())), "brand", "main") == [1, 0, 0]


def test_a_set_that_is_removed_is_a_collection_when_deleting_is_asked_for(figma_world, tmp_path):
    other = "VariableCollectionId:3:0"
    answer = payload(variable(1, "brand/main"), variable(2, "space/soft", valuesByMode={"3:0": GREEN},
                                                        variableCollectionId=other))  # fmt: skip
    answer["meta"]["variableCollections"][other] = {
        **answer["meta"]["variableCollections"][COLLECTION], "id": other, "key": "d" * 40, "name": "Space",
        "modes": [{"modeId": "3:0", "name": "Mode 1"}], "defaultModeId": "3:0", "variableIds": [identity(2)],
    }  # fmt: skip
    world = figma_world(tmp_path, answer)
    world.pull()

    def change(document):
        del document["sets"]
        document["resolutionOrder"] = [{"$ref": "#/modifiers/Theme"}]

    world.edit(RESOLVER, change)
    (world.folder / "space.tokens.json").unlink()
    plan = world.project.plan_push(world.client, delete=True, overwrite=False)
    assert (plan.collections, plan.variables) == ([{"action": "DELETE", "id": other}], [])
    world.project.push(world.client, plan)
    assert list(world.fake.files["abcdefghij"].variables) == [identity(1)]
    assert world.pull(even_if_unchanged=True).is_empty


def test_what_is_deleted_here_and_edited_in_figma_is_a_conflict_of_a_push(world):
    world.pull()
    for name in (LIGHT, DARK):
        world.edit(name, lambda document: document["brand"].pop("soft"))
    world.figma(variables=[{"action": "UPDATE", "id": identity(2), "description": "do not lose me"}])
    plan = world.project.plan_push(world.client, delete=True, overwrite=False)
    assert plan.is_empty
    assert [(change.kind, change.name) for change in plan.conflicts] == [("delete", "brand/soft")]
    plan = world.project.plan_push(world.client, delete=True, overwrite=True)
    assert plan.variables == [{"action": "DELETE", "id": identity(2)}]


def rename_here(world, old, new):
    def change(document):
        document["brand"][new] = document["brand"].pop(old)

    for name in (LIGHT, DARK):
        world.edit(name, change)


def test_what_only_figma_renamed_or_described_is_left_alone_by_a_push(world):
    world.pull()
    world.figma(variables=[{"action": "UPDATE", "id": identity(2), "name": "calm/soft", "description": "theirs"}])
    world.figma(variableModes=[{"action": "UPDATE", "id": "1:1", "name": "Night", "variableCollectionId": COLLECTION}])
    world.edit(LIGHT, lambda document: document["brand"]["main"].update({"$value": srgb(0, 0, 1)}))
    (body,) = world.push()
    assert list(body) == ["variableModeValues"]
    there = world.fake.files["abcdefghij"]
    assert (there.variables[identity(2)]["name"], there.variables[identity(2)]["description"]) == (
        "calm/soft",
        "theirs",
    )
    assert [mode["name"] for mode in there.collections[COLLECTION]["modes"]] == ["Light", "Night"]
    assert world.document(LIGHT)["calm"]["soft"]["$description"] == "theirs"


@pytest.mark.parametrize("what", ["name", "description", "mode"])
def test_what_both_renamed_or_described_is_a_conflict_of_a_push(world, what):
    world.pull()
    if what == "name":
        rename_here(world, "soft", "mild")
        world.figma(variables=[{"action": "UPDATE", "id": identity(2), "name": "brand/calm"}])
    elif what == "description":
        world.edit(LIGHT, lambda document: document["brand"]["soft"].update({"$description": "mine"}))
        world.figma(variables=[{"action": "UPDATE", "id": identity(2), "description": "theirs"}])
    else:

        def change(document):
            contexts = document["modifiers"]["Theme"]["contexts"]
            contexts["Dusk"] = contexts.pop("Dark")

        world.edit(RESOLVER, change)
        night = {"action": "UPDATE", "id": "1:1", "name": "Night", "variableCollectionId": COLLECTION}
        world.figma(variableModes=[night])
    plan = world.project.plan_push(world.client, delete=False, overwrite=False)
    assert (plan.is_empty, len(plan.conflicts)) == (True, 1)
    plan = world.project.plan_push(world.client, delete=False, overwrite=True)
    assert (plan.is_empty, plan.conflicts) == (False, [])


def test_own_tokens_of_a_mode_that_figma_deleted_are_kept_and_told(world):
    world.pull()
    world.edit(DARK, lambda document: document.update(own={"$type": "color", "$value": srgb(0, 0, 0)}))
    world.figma(variableModes=[{"action": "DELETE", "id": "1:1", "variableCollectionId": COLLECTION}])
    plan = world.pull()
    assert [(found.code, found.file.rpartition("/")[2]) for found in plan.diagnostics] == [("DSS482", DARK)]
    assert list(world.document(DARK)) == ["own"]


def test_modes_that_are_deleted_without_own_tokens_are_not_worth_a_word(world):
    world.pull()
    world.edit(LIGHT, lambda document: document["brand"]["soft"].update({"$value": srgb(0, 0, 1)}))
    world.figma(variableModes=[{"action": "DELETE", "id": "1:1", "variableCollectionId": COLLECTION}])
    assert world.pull().diagnostics == []
    assert DARK not in world.files()


def test_a_project_that_was_moved_remembers_what_it_pulled(dss, tmp_path, monkeypatch):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    (one / "dss.toml").write_text('[project]\nsources = ["tokens"]\n')
    for name, value in (("old.json", RED), ("new.json", BLUE)):
        (one / name).write_text(json.dumps(payload(variable(1, "brand/main", value))))
    monkeypatch.chdir(one)
    assert dss("figma", "pull", "--from-file", "old.json").status == 0
    monkeypatch.chdir(tmp_path)
    one.rename(two)
    monkeypatch.chdir(two)
    ended = dss("figma", "pull", "--from-file", "new.json")
    assert ended.status == 0, ended.err
    light = json.loads((two / "tokens" / LIGHT).read_text())
    assert light["brand"]["main"]["$value"]["components"] == [0, 0, 1]
