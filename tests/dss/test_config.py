"""``dss.toml``: every fault with its key, line and what is nearest, all at once."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from dss.config import Config, load
from dss_tokens.errors import InputError

ROOT = Path(__file__).parent.parent.parent
GOOD = '[project]\nsources = ["tokens"]\n\n[platform.css]\nformat = "css"\nout = "a.css"\n'


def faults(text):
    with pytest.raises(InputError) as caught:
        load(text, file="dss.toml")
    return caught.value.diagnostics


@pytest.mark.parametrize(
    ("more", "code", "path", "line", "said", "hint"),
    [
        ("prefx = 1", "DSS302", "platform.css.prefx", 7, "unknown key platform.css.prefx", "did you mean prefix?"),
        ("\n[plugin]\na = 1", "DSS302", "plugin", 8, "unknown key plugin", "did you mean plugins?"),
        ("\n[project]\n", "DSS301", None, 8, "not TOML", None),
        ("names = { cse = 1 }", "DSS302", "platform.css.names.cse", None, "unknown key", "did you mean case?"),
        ("filter = { tpe = 1 }", "DSS302", "platform.css.filter.tpe", None, "unknown key", "did you mean type?"),
        (
            "\n[[platform.css.rules]]\npath = 'a'\n\n[[platform.css.rules]]\nunits = 'rem'",
            "DSS302",
            "platform.css.rules.1.units",
            12,
            "unknown key",
            "did you mean unit?",
        ),
        ("digits = 13", "DSS303", "platform.css.digits", 7, "less than or equal to 12", None),
        ("base = 0", "DSS303", "platform.css.base", 7, "greater than 0", None),
        ("prefix = 1", "DSS303", "platform.css.prefix", 7, "valid string", None),
        ("zero = 'none'", "DSS303", "platform.css.zero", 7, "'unit', 'bare' or 'omit'", None),
        ("color = 'hexx'", "DSS303", "platform.css.color", 7, "'hex'", "did you mean hex?"),
        ("color = 'As authored'", "DSS303", "platform.css.color", 7, "'hex'", "did you mean authored?"),
        ("references = 'al'", "DSS303", "platform.css.references", 7, "a valid boolean or 'all'", "did you mean all?"),
        ("unit = 'rme'", "DSS303", "platform.css.unit", 7, "there is no unit rme; did you mean rem?", None),
        ("transforms = 'size/rem'", "DSS303", "platform.css.transforms", 7, "should be an array", None),
        ("template = 'a.j2'", "DSS303", "platform.css", 4, "a format and a template", None),
        (
            "\n[[platform.css.rules]]\nas = 'colour'",
            "DSS303",
            "platform.css.rules.0.as",
            9,
            "there is no type colour; did you mean color?",
            None,
        ),
        (
            "\n[modifier.theme]\ncontexts = ['a']\ndefault = 'b'",
            "DSS303",
            "modifier.theme",
            8,
            "the default b is none of the contexts a",
            None,
        ),
        ("\n[modifier.theme]\nat = '$value'", "DSS303", "modifier.theme", 8, "it names no contexts", None),
        (
            "\n[modifier.theme]\ncontexts = ['a', {}]",
            "DSS303",
            "modifier.theme.contexts",
            9,
            "a context is called by a text",
            None,
        ),
        ("\n[platform.scss]\nout = 'a'", "DSS303", "platform.scss", 8, "it needs a format or a template", None),
        ("\n[platform.scss]\nformat = 'scss'", "DSS303", "platform.scss.out", None, "field required", None),
    ],
)
def test_a_fault_says_where_and_what_was_meant(more, code, path, line, said, hint):
    (found,) = faults(GOOD + more)
    assert (found.code, found.path, found.file, found.hint) == (code, path, "dss.toml", hint)
    assert said in found.message
    if line is not None:
        assert found.span.line == line


@pytest.mark.parametrize(
    ("name", "form"), [("as authored", "authored"), ("as-authored", "authored"), ("color()", "color"), ("hex", "hex")]
)
def test_forms_of_colours_have_other_names(name, form):
    assert load(GOOD + f"color = '{name}'\n", file="dss.toml").platform["css"].color == form


def test_all_faults_are_listed_at_once():
    found = faults(GOOD + "prefx = 1\ndigits = 13\n\n[storybok]\nout = 'x'\n")
    assert sorted(d.path for d in found) == ["platform.css.digits", "platform.css.prefx", "storybok"]


def test_what_is_right_is_read():
    config = load(GOOD + "filter = 'a.**'\nselector = '.x'\n", file="dss.toml")
    assert config.platform["css"].filter.path == ("a.**",)
    assert config.platform["css"].selector == ".x"


def keys_of(table, path=()):
    """Every key of a table and of the tables in it, with the table's path."""
    for name, field in table.model_fields.items():
        yield ".".join(path), field.alias or name
        inner = [field.annotation, *get_args(field.annotation)]
        inner += [kind for part in inner for kind in get_args(part)]
        for kind in inner:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from keys_of(kind, (*path, name))


@pytest.mark.parametrize(("table", "key"), sorted(set(keys_of(Config))))
def test_every_key_is_documented(table, key):
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert re.search(rf"`([\w.]+\.)?{key}`|\[\[?(platform\.NAME\.)?{key}[.\]]", page), (table, key)


PLACES = {"platform": "platform.css", "modifier": "modifier.theme"}
EVERY = sorted((PLACES.get(table, table), key) for table, key in set(keys_of(Config)) if table.count(".") == 0)
TABLES = {table for table, _ in EVERY} | {"lint", "limits", "platform", "modifier"}


def with_key(table, key):
    """A configuration with *key* at its end, in *table*; the date is no value of any key."""
    head = f"[{table}]\n" if table else ""
    needed = {"format": 'format = "css"\n', "out": 'out = "a.css"\n'} if table == "platform.css" else {}
    return head + "".join(line for name, line in needed.items() if name != key) + f"{key} = 2000-01-01"


@pytest.mark.parametrize(("table", "key"), EVERY)
def test_a_misspelt_key_names_the_right_one(table, key):
    wrong = key[:-1] if len(key) > 3 else key + "x"
    text = with_key(table, wrong)
    found = [one for one in faults(text) if one.code == "DSS302"]
    path = f"{table}.{wrong}".strip(".")
    assert [(one.path, one.file, one.span.line) for one in found] == [(path, "dss.toml", text.count("\n") + 1)]
    assert found[0].hint == f"did you mean {key}?"


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, key in EVERY if key not in TABLES])
def test_a_value_of_another_kind_is_placed(table, key):
    text = with_key(table, key)
    path = f"{table}.{key}".strip(".")
    (found,) = [one for one in faults(text) if (one.path or "").startswith(path)]
    assert (found.code, found.file, found.span.line) == ("DSS303", "dss.toml", text.count("\n") + 1)
