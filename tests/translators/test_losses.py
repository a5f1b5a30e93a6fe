"""Nothing is lost in silence: of a set with every type, each format writes every part, or says that it does not."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from translators.pipeline import make_platform, translate
from translators.registry import formats

COMPLETE = Path(__file__).parent.parent.parent / "fixtures" / "golden" / "languages" / "complete"
FORMATS = [name for name in formats.names() if "/" in name]


class Seen(NamedTuple):
    """What stands in the files of a format. The numbers and colours of the fixture occur once each."""

    numbers: set[float]
    words: str
    colors: set[str]

    def number(self, *wanted):
        return self.numbers.issuperset(wanted)

    def word(self, *wanted):
        return all(re.search(rf"\b{re.escape(word)}\b", self.words, re.I) for word in wanted)

    def color(self, digits, alpha=None):
        """By its digits, or by its channels to 255 or to 1."""
        channels = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
        is_there = digits in self.colors or self.number(*channels)
        is_there = is_there or self.number(*(round(channel / 255, 4) for channel in channels))
        share = None if alpha is None else f"{round(alpha * 255):02x}"
        return is_there and (
            share is None or self.number(alpha) or not self.colors.isdisjoint((digits + share, share + digits))
        )


def seen_in(files):
    text = "\n".join(part for file in files for part in (file.path, file.text))
    found = [float(number) for number in re.findall(r"(?<![\w.#])\d+(?:\.\d+)?(?=\D|\Z)", text)]
    digits = {word.lower() for word in re.findall(r"(?<=#|x)[0-9a-fA-F]{6,8}\b", text)}
    return Seen(
        {round(number, 4) for number in found}, text, digits | {d[2:] for d in digits} | {d[:6] for d in digits}
    )


PARTS = {
    ("color", "description of the group"): lambda seen: seen.word("All colours of the fixture"),
    ("color.plain", "value"): lambda seen: seen.color("202327"),
    ("color.plain", "description"): lambda seen: seen.word("Said of the plain colour"),
    ("color.old", "value"): lambda seen: seen.color("2c2f33"),
    ("color.old", "deprecated"): lambda seen: seen.word("ask for color.plain"),
    ("color.clear", "value and alpha"): lambda seen: seen.color("383b3f", 0.4),
    ("color.wide", "value"): lambda seen: seen.number(0.95, 0.15, 0.35),
    ("size.gap", "value"): lambda seen: seen.number(13),
    ("size.gap", "description"): lambda seen: seen.word("Ends", "comment"),
    ("size.indent", "value"): lambda seen: seen.number(7.7),
    ("time.swift", "value"): lambda seen: seen.number(137) or seen.number(0.137) or seen.number(137000),
    ("time.split", "value"): lambda seen: seen.number(0.1234) or seen.number(123.4) or seen.number(123400),
    ("factor.golden", "value"): lambda seen: seen.number(1.618),
    ("family.body", "all names"): lambda seen: seen.word("Alpha Sans", "Beta Sans", "serif"),
    ("weight.book", "value"): lambda seen: seen.number(450),
    ("curve.spring", "value"): lambda seen: seen.number(0.21, 0.43, 0.65, 0.87),
    ("curve.spring", "description"): lambda seen: seen.word("Said of the curve"),
    ("stroke.word", "value"): lambda seen: seen.word("groove"),
    ("stroke.pattern", "dashArray"): lambda seen: seen.number(17, 19),
    ("stroke.pattern", "lineCap"): lambda seen: seen.word("square"),
    ("border.word", "color"): lambda seen: seen.color("505357"),
    ("border.word", "width"): lambda seen: seen.number(23),
    ("border.word", "style"): lambda seen: seen.word("ridge"),
    ("border.pattern", "color"): lambda seen: seen.color("5c5f63"),
    ("border.pattern", "width"): lambda seen: seen.number(29),
    ("border.pattern", "dashArray"): lambda seen: seen.number(31, 37),
    ("change.fade", "duration"): lambda seen: seen.number(211) or seen.number(0.211) or seen.number(211000),
    ("change.fade", "delay"): lambda seen: seen.number(53) or seen.number(0.053) or seen.number(53000),
    ("change.fade", "timingFunction"): lambda seen: seen.number(0.12, 0.34, 0.56, 0.78),
    ("shadow.layers", "colors"): lambda seen: seen.color("686b6f") and seen.color("74777b", 0.6),
    ("shadow.layers", "lengths"): lambda seen: seen.number(41, 43, 47, 59, 61, 67, 71, 73),
    ("shadow.layers", "inset"): lambda seen: seen.word("inset") or "inner" in seen.words or "_2_inset" in seen.words,
    ("shadow.layers", "description"): lambda seen: seen.word("Said of the shadow"),
    ("gradient.rise", "colors"): lambda seen: seen.color("808387") and seen.color("8c8f93") and seen.color("989b9f"),
    ("gradient.rise", "positions"): lambda seen: seen.number(0.37) or "37%" in seen.words,
    ("type.body", "fontFamily"): lambda seen: seen.word("Gamma Sans", "Delta Sans"),
    ("type.body", "fontSize"): lambda seen: seen.number(79),
    ("type.body", "fontWeight"): lambda seen: seen.number(350),
    ("type.body", "letterSpacing"): lambda seen: seen.number(0.83),
    ("type.body", "lineHeight"): lambda seen: seen.number(1.7) or seen.number(134.3) or seen.number(55.3),
    ("type.body", "deprecated"): lambda seen: len(re.findall("deprecated", seen.words, re.I)) > 1,
    ("type.loud", "textCase"): lambda seen: seen.word("uppercase"),
    ("word.animal", "value"): lambda seen: seen.word("zebra crossing"),
    ("switch.on", "value"): lambda seen: re.search(r'(?i)switch[-_.]?on\b|"on": (true|\{)', seen.words),
    ("theme=dark", "color.page"): lambda seen: seen.color("a4a7ab"),
    ("theme=sepia", "color.page"): lambda seen: seen.color("b0b3b7"),
    ("theme=sepia", "color.only"): lambda seen: seen.color("bcbfc3"),
    ("density=compact", "size.gap"): lambda seen: seen.number(97),
}
"""Token or context, and a part of it -> whether it is there, in the words of any of the languages."""


@pytest.fixture
def made(resolved):
    """Format -> its files, and what it tells."""
    permutations = resolved(json.loads((COMPLETE / "tokens.resolver.json").read_text("utf-8")))
    assert len(permutations.others) > 3, "three contexts and a combination"

    def make(name):
        done = translate(permutations, [make_platform("x", format=name, out="out")])
        assert [fault for fault in done.diagnostics if fault.severity == "error"] == []
        return done

    return make


def silent(seen, told):
    """The parts that are neither there nor told of."""
    named = {name for text in told for name in text.rpartition(": ")[2].split(", ")}
    return [key for key, is_there in PARTS.items() if not is_there(seen) and named.isdisjoint(key)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_part_is_written_or_told_of(name, made):
    done = made(name)
    told = [fault.message for fault in done.diagnostics if fault.code == "DSS322"]
    missing = silent(seen_in(done.files), told)
    if name == "json/nested":  # values alone
        missing = [key for key in missing if not key[1].startswith(("description", "deprecated"))]
    assert missing == []


def test_a_format_that_wrote_nothing_would_be_found():
    assert silent(seen_in([]), []) == list(PARTS)
    assert ("border.pattern", "dashArray") not in silent(seen_in([]), ["x leaves out: border.pattern, time.swift"])


@pytest.mark.parametrize("path", dict.fromkeys(path for path, _ in PARTS if "." in path))
def test_a_token_that_were_gone_would_be_found(path, made, resolved):
    """The table looks for things that only the token has: without it they are missing in every format of code."""
    document = json.loads((COMPLETE / "tokens.resolver.json").read_text("utf-8"))
    group, name = path.split(".")
    del document["sets"]["base"]["sources"][0][group][name]
    done = translate(resolved(document), [make_platform("x", format="python", out="out")])
    missing = silent(seen_in(done.files), [])
    assert any(key[0] == path for key in missing), missing


def told(resolved, document, format, **settings):
    done = translate(resolved(document), [make_platform("x", format=format, out="out", **settings)])
    return [(fault.severity, fault.message) for fault in done.diagnostics if fault.code == "DSS322"]


SIMPLE = {"a": {"$type": "dimension", "$value": {"value": 1, "unit": "px"}}, "b": {"$type": "number", "$value": 2}}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xcassets/colors"])
def test_nothing_is_told_where_nothing_is_lost(name, resolved):
    assert told(resolved, SIMPLE, name) == []


def test_a_part_that_has_a_name_of_its_own_is_not_lost(resolved):
    value = {"fontFamily": "A", "fontSize": {"value": 9, "unit": "px"}, "fontWeight": 400, "textCase": "uppercase"}
    document = {"t": {"$type": "typography", "$value": value}}
    assert told(resolved, document, "css") == [
        ("warning", "css leaves out the part textCase, which is none of DTCG's: t"),
    ]
    assert told(resolved, document, "css", parts="both") == []


def test_many_names_are_counted(resolved):
    weights = {f"w{number}": {"$type": "fontWeight", "$value": 450} for number in range(60)}
    ((_, message),) = told(resolved, weights, "swift")
    assert message.endswith("w48, w49 and 10 more")


def test_json_holds_values_alone(resolved):
    described = {"$description": "All.", **{k: {**t, "$description": "One."} for k, t in SIMPLE.items()}}
    assert told(resolved, described, "json") == []
