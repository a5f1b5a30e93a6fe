"""Which pages there are, what their files hold, and that equal input gives equal files."""

import json
import re

import pytest

from storybook_gen.api import FRAMEWORKS, Change, Changes, Component, Modifier, Stories, StoryToken, generate
from storybook_gen.pages import MOST_GROUPS, PAGES
from storybook_gen.reference import MOST_PAGES, ROWS


def token(path, type="color", value="#123456", **more):
    return StoryToken(path, type, path.replace(".", "-").lower(), value, **more)


def made(*tokens, **more):
    framework = more.pop("framework", "html-vite")
    stories_only = more.pop("stories_only", False)
    stories = Stories(title=more.pop("title", "Acme"), tokens=tokens, css=":root {}\n", **more)
    generated = generate(stories, framework=framework, stories_only=stories_only)
    return {file.path: file.text for file in generated.files}, generated.ids


def page_keys(ids):
    return {page.key for page in PAGES if page.story_id in ids}


THEME = {
    "modifiers": [Modifier("theme", "data-theme", ("light", "dark"))],
    "permutations": [{}, {"theme": "dark"}],
}


@pytest.mark.parametrize(
    ("tokens", "pages"),
    [
        ([token("a", "number", "1")], {"numbers"}),
        ([token("blue.1"), token("blue.2"), token("blue.3")], {"scales", "contrast"}),
        ([token("bg.canvas")], {"roles", "contrast"}),
        ([token("space.1", "dimension", "1px")], {"spacing"}),
        ([token("icon.size", "dimension", "1px")], {"sizing"}),
        ([token("radius.sm", "dimension", "1px")], {"radius"}),
        ([token("border.width.sm", "dimension", "1px")], {"borders"}),
        ([token("x", "strokeStyle", "solid")], {"borders"}),
        ([token("x", "shadow", "none")], {"shadows"}),
        ([token("x", "duration", "1ms")], {"motion"}),
        ([token("x", "gradient", "red 0%")], {"gradients"}),
        ([token("x", "typography", "16px serif")], {"typography"}),
        ([token("x", "fontFamily", "serif")], {"typography"}),
        ([token("font.size.md", "dimension", "16px")], {"typography"}),
        ([token("x", "invented", "1")], {"others"}),
        ([token("button.bg"), token("button.fg")], {"roles", "contrast", "components"}),
        ([token("x", "number", "1", deprecated=True)], {"numbers", "deprecated"}),
        ([token("x", "number", "1"), token("y", "number", "1", alias="x")], {"numbers", "graph"}),
    ],
)
def test_pages_exist_for_what_there_is(tokens, pages):
    _, ids = made(*tokens)
    assert page_keys(ids) == {"overview", "all", *pages}


def test_contexts_and_changes_have_pages():
    _, ids = made(token("bg.canvas", values={1: "#000000"}), **THEME, changes=Changes("v1", ()))
    assert {"modes", "changes"} <= page_keys(ids)


def test_every_token_is_in_exactly_one_data_file_and_in_the_manifest():
    kinds = ("color", "dimension", "fontFamily", "border", "shadow", "duration", "gradient", "number", "invented")
    tokens = [token(f"{kind}.{n}", kind, "1") for kind in kinds for n in range(3)]
    files, _ = made(*tokens)
    data = [json.loads(text) for path, text in files.items() if re.search(r"data/(?!site)\w+\.json$", path)]
    assert sorted(record["path"] for records in data for record in records) == sorted(t.path for t in tokens)
    manifest = json.loads(files["dss-tokens/public/tokens.manifest.json"])
    assert [record["path"] for record in manifest["tokens"]] == [t.path for t in tokens]
    site = json.loads(files["dss-tokens/data/site.json"])
    assert site["count"] == len(tokens)


def test_equal_input_gives_equal_files():
    tokens = [token("bg.canvas", values={1: "#000000"}), token("fg.default", alias="bg.canvas")]
    assert made(*tokens, **THEME) == made(*tokens, **THEME)


def test_a_changed_value_changes_data_only():
    before, _ = made(token("a", "number", "1"))
    after, _ = made(token("a", "number", "2"))
    assert {path for path in before if before[path] != after[path]} == {
        "dss-tokens/data/number.json",
        "dss-tokens/public/tokens.manifest.json",
        "dss-tokens/reference/a.mdx",
    }


def test_ids_are_unique_and_stories_name_what_exists():
    tokens = [token(f"{group}.{n}") for group in ("Color", "color", "a/b", "🎨", "***") for n in range(3)]
    files, ids = made(*tokens)
    assert len(set(ids)) == len(ids)
    for path, text in files.items():
        if path.endswith(".stories.js"):
            folder = path.rpartition("/")[0]
            for name in re.findall(r"from '(\.[^']+)'", text):
                target = "/".join(resolved(folder, name))
                assert target in files, f"{path} imports {name}"


def resolved(folder, name):
    parts = folder.split("/")
    for part in name.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts


def test_stories_alone_are_a_folder_without_configuration():
    files, ids = made(token("a", "number", "1"), stories_only=True)
    assert "preview.js" in files and "public/tokens.css" in files
    assert not any(path.startswith((".storybook", "package")) for path in files)
    assert ids == made(token("a", "number", "1"))[1]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_packages_are_pinned_and_name_no_registry(framework):
    files, _ = made(token("a", "number", "1"), framework=framework)
    package = json.loads(files["package.json"])
    assert FRAMEWORKS[framework] in package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
    lock = json.loads(files["package-lock.json"])
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    assert "resolved" not in files["package-lock.json"]
    assert FRAMEWORKS[framework] in files[".storybook/main.js"]
    assert ("from 'react'" in files["dss-tokens/runtime/mount.js"]) == (framework == "react-vite")


def test_there_are_at_most_so_many_group_pages_and_reference_pages():
    tokens = [token(f"g{n}.a", "number", "1") for n in range(MOST_GROUPS + 30)]
    _, ids = made(*tokens)
    assert sum(name.startswith("dss-group-") for name in ids) == MOST_GROUPS
    assert sum(name.startswith("reference-") for name in ids) == MOST_PAGES


def test_long_groups_have_several_reference_pages():
    files, ids = made(*[token(f"g.s{n // 200}.n{n}", "number", "1") for n in range(ROWS + 1)])
    assert {name for name in ids if name.startswith("reference-")} == {
        "reference-g-1-s0-to-s1--docs",
        "reference-g-2-s1--docs",
    }
    assert files["dss-tokens/reference/g-1.mdx"].count("<tr><th") == ROWS + 1  # and the head


def test_changes_reach_the_site():
    change = Change("changed", "a.b", "color", values=(("", "#000000", "#123456"),), reasons=("why",))
    files, _ = made(token("a.b"), changes=Changes("1.0", (change,)))
    site = json.loads(files["dss-tokens/data/site.json"])
    assert site["changes"]["list"] == [
        {"kind": "changed", "path": "a.b", "type": "color", "values": [["", "#000000", "#123456"]], "reasons": ["why"]}
    ]


def test_components_have_the_tokens_of_groups_called_like_them():
    tokens = [token(path) for path in ("button.bg", "button.fg", "component.text-field.bg", "card.bg", "card.fg")]
    components = [
        Component("Inputs/Text Field", "Type here", {"Size": ["S", "L"]}, node="1:2"),
        Component("Button", node="javascript:alert(1)"),
        Component("Chip"),
        Component("Card", tokens=("button.bg",)),
    ]
    files, ids = made(*tokens, components=components, figma_file="KEY")
    site = json.loads(files["dss-tokens/data/site.json"])
    assert [component["tokens"] for component in site["components"]] == [
        ["component.text-field.bg"],
        ["button.bg", "button.fg"],
        [],
        ["button.bg"],
    ]
    assert [component["link"] for component in site["components"]] == [
        "https://www.figma.com/design/KEY?node-id=1-2",
        None,
        None,
        None,
    ]
    assert site["components"][0]["properties"] == [["Size", ["S", "L"]]]
    assert site["componentGroups"] == ["card"]  # that of the button is shown with the component
    assert "dss-components--components" in ids


@pytest.mark.parametrize(
    ("mark", "replacement"),
    [
        ("Use {new.one}.", "new.one"),
        ("use `new.one` instead", "new.one"),
        ("replaced by new.one", "new.one"),
        ("no idea", None),
        (True, None),
    ],
)
def test_a_note_of_deprecation_that_names_a_token_links_to_it(mark, replacement):
    files, _ = made(token("old.one", "number", "1", deprecated=mark), token("new.one", "number", "2"))
    (record, _) = json.loads(files["dss-tokens/data/number.json"])
    assert record.get("replacement") == replacement


@pytest.mark.parametrize(
    ("identity", "file", "url"),
    [
        ("VariableID:12:34", "KEY", "https://www.figma.com/design/KEY?vars=1&var-id=12-34"),
        ("VariableID:12:34", None, None),
        ("VariableID:abc/12:34", "KEY", None),
        ("javascript:alert(1)", "KEY", None),
    ],
)
def test_variables_link_to_figma_where_the_file_is_known(identity, file, url):
    files, _ = made(token("a", "number", "1", figma={"id": identity}), figma_file=file)
    (record,) = json.loads(files["dss-tokens/data/number.json"])
    assert record["figma"].get("url") == url


def test_contexts_that_are_globals_of_storybook_get_another_key():
    modifiers = [Modifier("viewport", "data-viewport", ("a", "b"))]
    files, _ = made(token("a", "number", "1"), modifiers=modifiers, permutations=[{}, {"viewport": "b"}])
    assert json.loads(files["dss-tokens/data/site.json"])["modifiers"][0]["key"] == "tokens-viewport"
