"""Codes 2xx, tokens, references, resolver documents."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS201": Explanation(
        "The type of a token cannot be determined",
        "A token's type is its own $type, else its alias target's, else the nearest group's. It is never"
        ' guessed from the value (DTCG Format, "Types"). Without --strict the JSON type is taken, with a'
        " warning.",
        '{"a": {"$value": 1}}',
    ),
    "DSS202": Explanation(
        "A reference names no token",
        "The target does not exist, or the reference reaches inside a token. References are absolute, from"
        " the root, and case-sensitive; a pointer reaches into values.",
        '{"a": {"$type": "color", "$value": "{palette.blue}"}}',
    ),
    "DSS203": Explanation(
        "A reference leads back to itself",
        "Following the references never ends in a value. Give one token of the loop a literal value.",
        '{"a": {"$value": "{b}"}, "b": {"$value": "{a}"}}',
    ),
    "DSS204": Explanation(
        "The target of a reference has another type",
        "An alias has the type of its target, and a part of a composite refers to a token of the part's type.",
        '{"w": {"$type": "fontFamily", "$value": "Inter"}, "a": {"$type": "dimension", "$value": "{w}"}}',
    ),
    "DSS205": Explanation(
        "A reference names a group",
        "Only tokens have values. A group's base token is its $root.",
        '{"g": {"$root": {"$type": "number", "$value": 1}}, "a": {"$value": "{g}"}}',
    ),
    "DSS206": Explanation(
        "A malformed reference",
        'A reference is a whole string in braces, {group.token}, or an object {"$ref":'
        ' "#/group/token/$value"}. There is no arithmetic and no interpolation.',
        '{"a": {"$type": "number", "$value": "{b} * 2"}}',
    ),
    "DSS207": Explanation(
        "An unknown $type",
        "$type is one of the 13 types of DTCG 2025.10, spelled exactly. Without --strict a token of"
        " another type keeps its value.",
        '{"a": {"$type": "Color", "$value": "#f00"}}',
    ),
    "DSS208": Explanation(
        "A value does not fit its type",
        "The message names the rule and the place inside the value.",
        '{"a": {"$type": "dimension", "$value": {"value": 4, "unit": "em"}}}',
    ),
    "DSS209": Explanation(
        "A composite lacks a part, or has one too many",
        "All parts of a composite are required unless the format says otherwise, and no others are"
        " allowed. Without --strict parts that tools leave out (zeros of a shadow, letterSpacing) are"
        " tolerated with a warning.",
        '{"a": {"$type": "border", "$value": {"style": "solid"}}}',
    ),
    "DSS210": Explanation(
        "A name that tokens and groups may not have",
        "Names hold no dot and no brace, do not begin with $, are not empty, and hold no control,"
        " bidirectional, invisible or unassigned character and no backslash. __proto__, constructor and"
        " prototype are refused.",
        '{"a.b": {"$type": "number", "$value": 1}}',
    ),
    "DSS211": Explanation(
        "An unknown property",
        "Properties that begin with $ are kept for the format. Tool data belongs into $extensions.",
        '{"a": {"$type": "number", "$value": 1, "$unit": "px"}}',
    ),
    "DSS212": Explanation(
        "$value and $ref on one token",
        "A token has a value or refers to one.",
        '{"a": {"$type": "number", "$value": 1, "$ref": "#/b"}}',
    ),
    "DSS213": Explanation(
        "A token that is also a group",
        "An object with a $value has no children. Move the token to $root of the group.",
        '{"a": {"$type": "number", "$value": 1, "b": {}}}',
    ),
    "DSS214": Explanation(
        "Neither a token nor a group",
        "A member of a group is an object.",
        '{"a": 5}',
    ),
    "DSS215": Explanation(
        "$root without a value",
        "$root is the token that holds a group's base value.",
        '{"g": {"$root": {}}}',
    ),
    "DSS216": Explanation(
        "A property of the wrong kind",
        "$description is text, $deprecated true, false or text, $extensions an object.",
        '{"a": {"$type": "number", "$value": 1, "$description": 5}}',
    ),
    "DSS217": Explanation(
        "Names that differ in case only",
        "Legal, but most output languages and some file systems make them one.",
        '{"Red": {}, "red": {}}',
    ),
    "DSS218": Explanation(
        "Two names that are equal after normalisation",
        "They look the same and differ in code points only, so that references reach the wrong one.",
    ),
    "DSS219": Explanation(
        "A token replaces another one",
        "Two sources hold a token of the same path; the later one replaces the earlier one whole. In a"
        " resolver document that is the point and nothing is said.",
    ),
    "DSS220": Explanation(
        "An older form",
        "Drafts and tools wrote values in other forms. They are read, converted and reported; --strict"
        " refuses them. `dss convert --to dtcg` writes the present form.",
        '{"a": {"$type": "color", "$value": "#ff0000"}}',
    ),
    "DSS221": Explanation(
        "An extended group does not exist",
        "$extends names a group of the document.",
        '{"b": {"$extends": "{nope}"}}',
    ),
    "DSS222": Explanation(
        "Groups extend each other",
        "A group extends itself, an enclosing group, or groups extend each other in a ring.",
        '{"a": {"$extends": "{b}"}, "b": {"$extends": "{a}"}}',
    ),
    "DSS223": Explanation(
        "A malformed or misplaced $extends",
        "$extends stands on groups, is one string and names a group.",
        '{"a": {"$extends": ["{b}"]}}',
    ),
    "DSS224": Explanation(
        "A document resolves to too much",
        "A few lines of references to references can stand for gigabytes. Values resolve to at most 10 nodes"
        " (objects, arrays, numbers, texts) a token or 1,000,000 where that is more; groups that extend others take"
        " in at most 10 tokens and groups a token or 100,000; a resolver document splices in at most 100,000 sources.",
        '{"$extends": "{group.that.extends.others}"}',
    ),
    "DSS230": Explanation(
        "A resolver document is incomplete",
        'It needs version "2025.10" and a resolutionOrder; other members of the root are sets, modifiers,'
        " name, description, $schema, $defs and $extensions.",
        '{"version": "1.0", "resolutionOrder": []}',
    ),
    "DSS231": Explanation(
        "A malformed set or modifier",
        "A set has sources. A modifier has two contexts or more, and its default is one of them. An inline"
        " item has a name of its own and a type.",
        '{"modifiers": {"theme": {"contexts": {}}}}',
    ),
    "DSS232": Explanation(
        "A reference in a resolver document leads nowhere",
        "A $ref names a set or modifier of the document, a file beside it, or a part of one; never"
        " something in resolutionOrder.",
        '{"$ref": "#/sets/nope"}',
    ),
    "DSS233": Explanation(
        "A set or modifier refers to a modifier",
        "Only resolutionOrder may.",
        '{"sources": [{"$ref": "#/modifiers/theme"}]}',
    ),
    "DSS234": Explanation(
        "An input does not fit",
        "An input names a modifier and one of its contexts; every modifier without a default needs one.",
        "dss resolve --resolver r.json --input theme=drak",
    ),
    "DSS235": Explanation(
        "A source on the network",
        "dss opens files only. Save the document beside the resolver.",
        '{"$ref": "https://example.com/tokens.json"}',
    ),
    "DSS236": Explanation(
        "Too many combinations of contexts",
        "Several modifiers change the same tokens, and the product of their contexts is beyond what one"
        " output can hold.",
    ),
}
