"""``dss diff``: text, changelog and data; statuses for CI."""

import json

import pytest

OLD = {"color": {"$type": "color", "red": {"$value": "#ff0000"}, "link": {"$value": "{color.red}"}}}
NEW = {"color": {"$type": "color", "red": {"$value": "#ee0000"}, "link": {"$value": "{color.red}"}}}


@pytest.fixture
def versions(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(old, new):
        (tmp_path / "old.json").write_text(json.dumps(old))
        (tmp_path / "new.json").write_text(json.dumps(new))

    return write


def test_text_says_what_changed(dss, versions):
    versions(OLD, NEW)
    outcome = dss("diff", "old.json", "new.json")
    assert outcome.status == 0
    assert outcome.out == (
        "Other values:\n"
        "  ~ color.link  #ff0000 -> #ee0000\n"
        "  ~ color.red  #ff0000 -> #ee0000\n"
        "\n2 changed; not breaking, version step: minor\n"
    )


def test_json_is_one_document(dss, versions):
    versions(OLD, {"color": {"$type": "color", "red": {"$value": "#ff0000"}}})
    document = dss("diff", "old.json", "new.json", "--json", "--since", "1.4.0").json
    assert (document["breaking"], document["step"], document["version"]) == (True, "major", "2.0.0")
    assert [(c["kind"], c["path"]) for c in document["changes"]] == [("removed", "color.link")]
    assert document["changes"][0]["reasons"] == ["color.link is gone"]


def test_the_changelog_has_a_title(dss, versions):
    versions(OLD, NEW)
    outcome = dss("diff", "old.json", "new.json", "--format", "markdown", "--title", "2.0")
    assert outcome.out.startswith("## 2.0\n\nBreaking: **no**.")


@pytest.mark.parametrize(
    ("new", "check", "status"),
    [(OLD, "any", 0), (NEW, "breaking", 0), (NEW, "any", 1), ({"color": {}}, "breaking", 1)],
)
def test_check_is_for_ci(dss, versions, new, check, status):
    versions(OLD, new)
    assert dss("diff", "old.json", "new.json", "--check", check).status == status
    assert dss("diff", "old.json", "new.json", "--check", check, "--json").status == status


def test_folders_with_a_resolver_document_are_compared_in_every_context(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, dark in (("old", "#000001"), ("new", "#000002")):
        (tmp_path / name).mkdir()
        documents = {
            "base.json": {"bg": {"$type": "color", "$value": "#ffffff"}},
            "dark.json": {"bg": {"$type": "color", "$value": dark}},
            "t.resolver.json": {
                "version": "2025.10",
                "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
                "modifiers": {
                    "theme": {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}
                },
                "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
            },
        }
        for file, document in documents.items():
            (tmp_path / name / file).write_text(json.dumps(document))
    (change,) = dss("diff", "old", "new", "--json").json["changes"]
    assert set(change["values"]) == {"theme=dark"}
    monkeypatch.chdir(tmp_path / "old")
    (tmp_path / "old" / "dss.toml").write_text('[project]\nsources = ["*.json"]\n')
    assert dss("export", "-o", "../old.dss").status == 0
    monkeypatch.chdir(tmp_path)
    assert dss("diff", "old.dss", "new", "--json").json["changes"] == [change]


def test_wrong_versions_are_refused(dss, versions):
    versions(OLD, NEW)
    assert dss("diff", "old.json", "new.json", "--since", "1").status == 2
    assert dss("diff", "old.json", "none.json").status == 2
