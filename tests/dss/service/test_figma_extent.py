"""What a pull takes beside variables: styles, libraries, components; and what stays when it does not look."""

import json
import zipfile
from dataclasses import replace

import pytest

from dss import wiring
from dss.project import Project
from dss.service.figma_components import known_components
from dss_tokens.errors import DssError
from figma.fake import FakeFile

KEY = "abcdefghij"
COLLECTION = "VariableCollectionId:1:0"
STAMP = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "sort_position": "!"}


def variable(number, name, value, collection=COLLECTION, **more):
    return {
        "id": f"VariableID:1:{number}", "key": f"{number:040x}", "name": name, "variableCollectionId": collection,
        "resolvedType": "COLOR" if isinstance(value, dict) and "r" in value else "FLOAT", "remote": False,
        "description": "", "hiddenFromPublishing": False, "scopes": ["ALL_SCOPES"], "codeSyntax": {},
        "valuesByMode": {"1:0": value}, **more,
    }  # fmt: skip


def payload(*variables, name="Base"):
    collection = {
        "id": COLLECTION, "key": "c" * 40, "name": name, "modes": [{"modeId": "1:0", "name": "Mode 1"}],
        "defaultModeId": "1:0", "remote": False, "hiddenFromPublishing": False,
        "variableIds": [v["id"] for v in variables],
    }  # fmt: skip
    meta = {"variables": {v["id"]: v for v in variables}, "variableCollections": {COLLECTION: collection}}
    return {"status": 200, "error": False, "meta": meta}


RED, BLUE = {"r": 1, "g": 0, "b": 0, "a": 1}, {"r": 0, "g": 0, "b": 1, "a": 1}


def style(number, name, kind):
    return {"key": f"s{number}", "file_key": KEY, "node_id": f"9:{number}", "style_type": kind, "name": name, **STAMP}


def bound(number):
    return {"type": "VARIABLE_ALIAS", "id": f"VariableID:1:{number}"}


STYLES = [style(1, "brand/fill", "FILL"), style(2, "text/body", "TEXT"), style(3, "depth/low", "EFFECT"),
          style(4, "brand/fade", "FILL")]  # fmt: skip
NODES = {
    "9:1": {"id": "9:1", "fills": [{"type": "SOLID", "color": RED, "boundVariables": {"color": bound(1)}}]},
    "9:2": {"id": "9:2", "type": "TEXT", "boundVariables": {"fontSize": [bound(2)]}, "style": {
        "fontFamily": "Inter", "fontWeight": 600, "fontSize": 16, "letterSpacing": 0, "lineHeightPx": 24,
        "lineHeightUnit": "PIXELS", "italic": False}},
    "9:3": {"id": "9:3", "effects": [
        {"type": "DROP_SHADOW", "visible": True, "color": {**RED, "a": 0.5}, "offset": {"x": 0, "y": 2}, "radius": 4},
        {"type": "DROP_SHADOW", "visible": False, "color": RED, "offset": {"x": 9, "y": 9}, "radius": 9}]},
    "9:4": {"id": "9:4", "fills": [{"type": "GRADIENT_LINEAR", "opacity": 0.5, "gradientHandlePositions": [
        {"x": 0, "y": 0.5}, {"x": 1, "y": 0.5}, {"x": 0, "y": 1}], "gradientStops": [
        {"position": 0, "color": RED, "boundVariables": {}}, {"position": 1, "color": BLUE}]}]},
}  # fmt: skip


def add_styles(world, styles=STYLES, nodes=NODES):
    entries = {identity: {"document": node, "components": {}, "styles": {}} for identity, node in nodes.items()}
    world.fake.documents |= {
        f"{KEY}/styles": {"status": 200, "error": False, "meta": {"styles": styles}},
        f"{KEY}/nodes": {"name": "x", "nodes": entries},
    }


VARIABLES = (variable(1, "color/red", RED), variable(2, "type/size", 16, scopes=["FONT_SIZE"]))


@pytest.fixture
def world(figma_world, tmp_path):
    world = figma_world(tmp_path, payload(*VARIABLES), styles=True)
    add_styles(world)
    return world


def asked(world):
    return [path.rsplit("/", 1)[-1] for _, path in world.fake.requests]


def resolved(world):
    """Path -> value of everything, by the command's own resolver."""
    from dss.service.resolving import resolve_all

    reading = wiring.reader().resolver(world.folder / "tokens.resolver.json")
    found = resolve_all(reading, {})
    assert [d for d in reading.diagnostics if d.severity == "error"] == []
    return {path: token.value for path, token in found.base.tokens.items()}


# --- styles --------------------------------------------------------------------------------------------------------


def test_styles_become_tokens_that_refer_to_the_variables_they_are_bound_to(world):
    world.pull()
    document = world.document("styles.tokens.json")
    assert document["brand"]["fill"]["$value"] == "{color.red}"
    assert document["text"]["body"]["$type"] == "typography"
    assert document["text"]["body"]["$value"] == {
        "fontFamily": ["Inter"], "fontWeight": 600, "fontSize": "{type.size}",
        "letterSpacing": {"value": 0, "unit": "px"}, "lineHeight": 1.5,
    }  # fmt: skip
    shadow = document["depth"]["low"]["$value"]
    assert (shadow["color"]["alpha"], shadow["offsetY"], shadow["blur"], shadow["spread"]) == (
        0.5, {"value": 2, "unit": "px"}, {"value": 4, "unit": "px"}, {"value": 0, "unit": "px"}
    )  # fmt: skip
    fade = document["brand"]["fade"]
    assert fade["$type"] == "gradient"
    assert [(stop["position"], stop["color"]["hex"], stop["color"]["alpha"]) for stop in fade["$value"]] == [
        (0, "#ff0000", 0.5), (1, "#0000ff", 0.5)
    ]  # fmt: skip
    assert fade["$extensions"]["com.figma"]["gradient"]["angle"] == 90
    values = resolved(world)
    assert values["brand.fill"]["components"] == [1, 0, 0]
    assert values["text.body"]["fontSize"] == {"value": 16, "unit": "px"}
    assert asked(world) == ["meta", "local", "styles", "nodes"]
    assert world.pull() is None


def test_a_style_that_was_renamed_keeps_what_a_person_changed_in_it(world):
    world.pull()

    def change(document):
        document["text"]["body"]["$value"]["fontWeight"] = 700

    world.edit("styles.tokens.json", change)
    add_styles(world, [*STYLES[:1], style(2, "text/copy", "TEXT"), *STYLES[2:]])
    world.fake.files[KEY].version += 1
    assert world.pull().conflicts == ()
    assert world.document("styles.tokens.json")["text"]["copy"]["$value"]["fontWeight"] == 700


def test_on_a_plan_without_variables_styles_are_pulled_alone_and_what_is_there_stays(world):
    world.pull()
    world.fake.enterprise = False
    add_styles(world, [*STYLES[:3]])
    world.fake.files[KEY].version += 1
    plan = world.pull()
    assert [(found.code, found.severity) for found in plan.diagnostics] == [("DSS402", "warning")]
    assert "fade" not in world.document("styles.tokens.json")["brand"]
    assert world.document("base.tokens.json")["color"]["red"]["$value"]["components"] == [1, 0, 0]
    assert world.document("styles.tokens.json")["brand"]["fill"]["$value"] == "{color.red}"
    assert "Base" in world.document("tokens.resolver.json")["sets"]


def test_styles_alone_make_a_project(figma_world, tmp_path):
    world = figma_world(tmp_path, payload(), styles=True)
    add_styles(world)
    world.fake.enterprise = False
    world.pull()
    assert list(world.document("tokens.resolver.json")["sets"]) == ["styles"]
    assert resolved(world)["brand.fill"]["components"] == [1, 0, 0]
    assert world.pull() is None


def test_unpublished_styles_are_found_in_the_file_itself(world):
    listed = world.fake.documents[f"{KEY}/styles"]
    handle = world.fake.handle

    def unpublished(method, target, headers, body=b""):
        world.fake.documents[f"{KEY}/styles"] = listed
        answer = handle(method, target, headers, body)
        if target.endswith("/styles"):
            return replace(answer, body=json.dumps({**listed, "meta": {"styles": []}}).encode())
        return answer

    world.client._http._transport.fake = type("Fake", (), {"handle": staticmethod(unpublished)})
    world.pull()
    assert asked(world) == ["meta", "local", "styles", KEY, "nodes"]
    assert "fill" in world.document("styles.tokens.json")["brand"]


def test_styles_stay_when_they_are_not_looked_at_and_follow_renamed_variables(world):
    world.pull()
    world.project.wanted = replace(world.project.wanted, styles=False)
    world.figma(variables=[{"action": "UPDATE", "id": "VariableID:1:1", "name": "color/ruby"}])
    plan = world.pull()
    assert plan.conflicts == ()
    assert world.document("styles.tokens.json")["brand"]["fill"]["$value"] == "{color.ruby}"
    assert resolved(world)["brand.fill"]["components"] == [1, 0, 0]


def test_more_than_a_hundred_styles_take_several_requests(world):
    styles = [style(number, f"s/{number}", "FILL") for number in range(250)]
    nodes = {f"9:{number}": {"id": f"9:{number}", "fills": [{"type": "SOLID", "color": RED}]} for number in range(250)}
    add_styles(world, styles, nodes)
    world.pull()
    assert asked(world).count("nodes") == 3
    assert len(world.document("styles.tokens.json")["s"]) == 250


# --- libraries -----------------------------------------------------------------------------------------------------

LIBRARY = "librarykey0"


def with_library(figma_world, root):
    key = f"{1:040x}"
    alias = {"type": "VARIABLE_ALIAS", "id": f"VariableID:{key}/1:1"}
    own = variable(5, "brand/main", RED, valuesByMode={"1:0": alias})
    copy = variable(1, "color/red", RED, f"VariableCollectionId:{'d' * 40}/1:9", remote=True)
    copy |= {"id": f"VariableID:{key}/1:1", "key": key, "valuesByMode": {"1:9": RED}}
    answer = payload(own, name="Theme")
    answer["meta"]["variables"][copy["id"]] = copy
    answer["meta"]["variableCollections"][copy["variableCollectionId"]] = {
        "id": copy["variableCollectionId"], "key": "d" * 40, "name": "Base", "remote": True, "defaultModeId": "1:9",
        "modes": [{"modeId": "1:9", "name": "Mode 1"}], "hiddenFromPublishing": True, "variableIds": [copy["id"]],
    }  # fmt: skip
    (root / "dss.toml").write_text(f'[figma.libraries]\n{LIBRARY} = "base"\n')
    world = figma_world(root, answer)
    world.project.wanted = replace(world.project.wanted, libraries={LIBRARY: "base"})
    world.fake.files[LIBRARY] = FakeFile(payload(variable(1, "color/red", RED)))
    return world


def test_a_library_is_pulled_along_so_that_aliases_into_it_stay_references(figma_world, tmp_path):
    world = with_library(figma_world, tmp_path)
    world.pull()
    assert world.document("theme.tokens.json")["brand"]["main"]["$value"] == "{base.color.red}"
    assert resolved(world)["brand.main"]["components"] == [1, 0, 0]
    assert world.pull() is None
    assert asked(world) == ["meta", "meta", "local", "local", "meta", "meta"]
    world.fake.files[LIBRARY].post(
        {"variableModeValues": [{"variableId": "VariableID:1:1", "modeId": "1:0", "value": BLUE}]}
    )
    assert world.pull().conflicts == ()
    assert resolved(world)["brand.main"]["components"] == [0, 0, 1]
    assert world.push() == [], "what belongs to a library is nobody's to push"


@pytest.mark.parametrize("first", ["here", "there"])
def test_edits_of_a_librarys_tokens_stay_and_only_the_files_own_are_pushed(figma_world, tmp_path, first):
    world = with_library(figma_world, tmp_path)
    world.fake.files[LIBRARY] = FakeFile(payload(variable(1, "color/red", RED), variable(2, "color/other", RED)))
    world.pull()
    grey = {"colorSpace": "srgb", "components": [0.5, 0.5, 0.5]}

    def here():
        world.edit("base.base.tokens.json", lambda document: document["base"]["color"]["red"].update({"$value": grey}))
        world.edit("theme.tokens.json", lambda document: document["brand"]["main"].update({"$value": grey}))

    def there():
        entry = {"variableId": "VariableID:1:2", "modeId": "1:0", "value": BLUE}
        world.fake.files[LIBRARY].post({"variableModeValues": [entry]})
        world.fake.files[LIBRARY].post({"variables": [{"action": "UPDATE", "id": "VariableID:1:1", "name": "color/r"}]})

    for edit in (here, there) if first == "here" else (there, here):
        edit()
    assert world.pull().conflicts == ()
    library = world.document("base.base.tokens.json")["base"]["color"]
    assert library["r"]["$value"] == grey
    assert library["other"]["$value"]["components"] == [0, 0, 1]
    assert world.pull(even_if_unchanged=True).is_empty
    (body,) = world.push()
    assert [entry["variableId"] for entry in body["variableModeValues"]] == ["VariableID:1:5"]
    assert world.push() == []
    assert world.pull(even_if_unchanged=True).is_empty


def test_libraries_are_read_from_dss_toml_and_from_saved_answers(figma_world, tmp_path):
    world = with_library(figma_world, tmp_path)
    project = wiring.figma_project(Project(tmp_path, tmp_path / "dss.toml"), world.folder, key=KEY)
    assert project.wanted.libraries == {LIBRARY: "base"}
    files = {"file.json": KEY, "library.json": LIBRARY}
    for name, key in files.items():
        (tmp_path / name).write_text(json.dumps(world.fake.files[key].local()))
    saved = wiring.figma_project(
        Project(tmp_path), world.folder, saved=[tmp_path / "file.json"],
        saved_libraries={"base": tmp_path / "library.json"},
    )  # fmt: skip
    saved.apply(saved.plan_pull())
    assert world.document("theme.tokens.json")["brand"]["main"]["$value"] == "{base.color.red}"
    without = wiring.figma_project(Project(tmp_path), world.folder, saved=[tmp_path / "file.json"])
    plan = without.plan_pull()
    without.apply(plan)
    assert (world.folder / "base.base.tokens.json").exists(), "what was not looked at stays"


# --- exports -------------------------------------------------------------------------------------------------------


def export(mode, value, alias=None):
    token = {"$type": "color", "$value": {"colorSpace": "srgb", "components": value, "alpha": 1, "hex": "#000000"},
             "$extensions": {"com.figma.variableId": "VariableID:1:1", "com.figma.scopes": ["ALL_SCOPES"]}}  # fmt: skip
    if alias is not None:
        token["$extensions"]["com.figma.aliasData"] = alias
    return {"ink": token, "$extensions": {"com.figma.modeName": mode}}


def zipped(path, **files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, document in files.items():
            archive.writestr(f"{name}.tokens.json", json.dumps(document))
    return path


def pull_saved(root, *saved, **more):
    project = wiring.figma_project(Project(root), root / "tokens", saved=saved)
    plan = project.plan_pull(**more)
    assert plan.conflicts == ()
    project.apply(plan)
    return json.loads((root / "tokens" / "tokens.resolver.json").read_text())


def test_a_collection_that_is_exported_alone_leaves_the_others_as_they_are(tmp_path):
    theme = zipped(tmp_path / "Theme.zip", Light=export("Light", [0, 0, 0]), Dark=export("Dark", [1, 1, 1]))
    other = zipped(tmp_path / "Other.zip", **{"Mode 1": export("Mode 1", [0, 1, 0])})
    document = pull_saved(tmp_path, theme)
    assert list(document["modifiers"]) == ["Theme"]
    document = pull_saved(tmp_path, other)
    assert (list(document["modifiers"]), list(document["sets"])) == (["Theme"], ["Other"])
    assert (tmp_path / "tokens" / "theme.dark.tokens.json").exists()
    document = pull_saved(tmp_path, other, overwrite=True)
    assert "modifiers" not in document, "--overwrite takes the export for all there is"


def test_a_folder_of_zips_is_one_pull_with_references_across_them(tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    zipped(exports / "Base.zip", **{"Mode 1": export("Mode 1", [0, 1, 0])})
    alias = {"targetVariableId": "VariableID:1:1", "targetVariableName": "ink", "targetVariableSetName": "Base"}
    semantic = export("Light", [0, 1, 0], alias)
    semantic["text"] = semantic.pop("ink")
    semantic["text"]["$extensions"]["com.figma.variableId"] = "VariableID:1:7"
    zipped(exports / "Theme.zip", Light=semantic)
    document = pull_saved(tmp_path, exports)
    assert list(document["sets"]) == ["Base", "Theme"]
    theme = json.loads((tmp_path / "tokens" / "theme.tokens.json").read_text())
    assert theme["text"]["$value"] == "{ink}"


def test_variables_from_an_export_and_styles_from_figma_are_the_whole_on_every_plan(figma_world, tmp_path):
    world = figma_world(tmp_path, payload())
    add_styles(world)
    world.fake.enterprise = False
    (tmp_path / "export.json").write_text(json.dumps(payload(*VARIABLES)))
    world.project.saved = (tmp_path / "export.json",)
    world.project.wanted = replace(world.project.wanted, styles=True)
    assert world.pull().diagnostics == []
    assert asked(world) == ["styles", "nodes"]
    assert resolved(world)["brand.fill"]["components"] == [1, 0, 0]


def test_saved_answers_are_recognised_by_their_shape(tmp_path, figma_world):
    world = figma_world(tmp_path, payload(*VARIABLES))
    add_styles(world)
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(world.fake.documents[f"{KEY}/nodes"]))
    (folder / "b.json").write_text(json.dumps(payload(*VARIABLES)))
    (folder / "c.json").write_text(json.dumps(world.fake.documents[f"{KEY}/styles"]))
    document = pull_saved(tmp_path, folder)
    assert list(document["sets"]) == ["Base", "styles"]
    assert resolved(world)["text.body"]["fontSize"] == {"value": 16, "unit": "px"}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"a": NaN}', b"PK\x03\x04broken"])
def test_what_is_no_payload_is_refused_and_nothing_is_written(tmp_path, content):
    (tmp_path / "payload.json").write_bytes(content)
    with pytest.raises(DssError):
        pull_saved(tmp_path, tmp_path / "payload.json")
    assert not (tmp_path / "tokens").exists()


def test_a_folder_without_json_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DssError) as failed:
        pull_saved(tmp_path, tmp_path / "empty")
    assert failed.value.code == "DSS420"


# --- components ----------------------------------------------------------------------------------------------------


def component(number, name, **frame):
    return {"key": f"k{number}", "file_key": KEY, "node_id": f"7:{number}", "name": name, "description": "Press me.",
            "containing_frame": {"pageName": "Buttons", **frame}, **STAMP}  # fmt: skip


def add_components(world, *entries, sets=()):
    for name, found in (("components", list(entries)), ("component_sets", list(sets))):
        world.fake.documents[f"{KEY}/{name}"] = {"status": 200, "error": False, "meta": {name: found}}
    world.fake.files[KEY].version += 1


def test_components_go_to_the_store_and_into_archives(figma_world, tmp_path):
    world = figma_world(tmp_path, payload(*VARIABLES), components=True)
    in_set = {"containingComponentSet": {"name": "Button", "nodeId": "7:9"}}
    add_components(
        world, component(1, "Size=Large, State=Hover", **in_set), component(2, "Size=Small, State=Rest", **in_set),
        component(3, "Divider"), sets=[component(9, "Button")],
    )  # fmt: skip
    plan = world.pull()
    assert [found.name for found in plan.components] == ["Button", "Divider"]
    button, divider = known_components(Project(tmp_path), wiring.reader())
    assert button["properties"] == {"Size": ["Large", "Small"], "State": ["Hover", "Rest"]}
    assert button["figma"] == {"file": KEY, "key": "k9", "node": "7:9"}
    assert divider["description"] == "Press me."
    from dss.export_import import DSSProjectService

    result = DSSProjectService(root=tmp_path).export_project(tmp_path, tmp_path / "x.dss")
    assert result.success, result.error
    assert result.item_counts["components"] == 2
    add_components(world, component(3, "Rule"))
    world.pull()
    (rule,) = known_components(Project(tmp_path), wiring.reader())
    assert (rule["name"], rule["figma"]["key"]) == ("Rule", "k3")
    assert world.pull() is None


def test_components_are_not_asked_for_unless_wanted(figma_world, tmp_path):
    world = figma_world(tmp_path, payload(*VARIABLES))
    add_components(world, component(1, "Button"))
    assert world.pull().components is None
    assert asked(world) == ["meta", "local"]
    assert not (tmp_path / ".dss" / "store.db").exists(), "the store is for commands that need it"
