"""Codes 1xx, files and JSON."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS101": Explanation(
        "The file is not UTF-8",
        "Token files are RFC 8259 JSON, which is UTF-8. Another encoding (UTF-16, Latin-1) was found at"
        " the place shown. Save the file as UTF-8.",
        "caf\\xe9 in Latin-1",
    ),
    "DSS102": Explanation(
        "The text is not JSON, JSON5 or YAML",
        "The syntax breaks at the place shown; nothing of the file is used. The hint names the usual"
        " cause. A *.json file is read as strict JSON; name it *.json5 or *.jsonc for comments, trailing"
        " commas and bare keys.",
        '{"a": 1 "b": 2}',
    ),
    "DSS103": Explanation(
        "NaN and infinities are not numbers of JSON",
        "Some encoders write NaN or Infinity. No other tool reads them, and no token type has such a value.",
        '{"a": {"$type": "number", "$value": NaN}}',
    ),
    "DSS104": Explanation(
        "A number would change its value",
        "Integers beyond ±(2^53-1) and numbers beyond the range of a double become another number in most"
        " languages; numbers of more than 64 characters are refused unread.",
        '{"a": {"$type": "number", "$value": 9007199254740993}}',
    ),
    "DSS105": Explanation(
        "Half a surrogate pair",
        "A \\uD800 to \\uDFFF escape without its other half is no character and cannot be written as UTF-8.",
        '{"a": {"$description": "\\ud800"}}',
    ),
    "DSS106": Explanation(
        "Nested too deeply",
        "At most 64 values may be nested inside a $ member, and 128 groups in a document. No design system"
        " needs more; a file built to exhaust a reader does.",
        "[[[[[[…]]]]]]",
    ),
    "DSS107": Explanation(
        "A string or name is too long",
        "Strings above 256 KiB and names above 256 characters are refused.",
    ),
    "DSS108": Explanation(
        "A file cannot be read",
        "It does not exist, is a folder, or may not be read. Relative paths start at the working folder,"
        " in a resolver document at its own folder.",
        '{"sources": [{"$ref": "missing.json"}]}',
    ),
    "DSS109": Explanation(
        "A byte order mark",
        "RFC 8259 forbids a mark before the document. It is skipped with a warning, and an error with --strict.",
    ),
    "DSS110": Explanation(
        "A key occurs twice in one object",
        "Parsers disagree on which of the two counts, so a reviewer may see another value than the build."
        " The last one is used, with a warning; an error with --strict.",
        '{"a": {"$value": 1, "$value": 2}}',
    ),
    "DSS111": Explanation(
        "Comments or trailing commas in *.json",
        "JSON has neither. They are read with a warning and refused with --strict; a file called *.jsonc"
        " or *.json5 may have them.",
        '{"a": 1, // one\n}',
    ),
    "DSS112": Explanation(
        "The document is not an object",
        "A token file and a resolver document are one JSON object.",
        '["red", "green"]',
    ),
    "DSS113": Explanation(
        "No token files were found",
        "A SOURCE names no file, folder or match; or nothing was named and the project has no sources.",
        "dss translate tokens/*.jsn",
    ),
    "DSS114": Explanation(
        "A file is too large",
        "The file is refused before it is read whole. Split the token set into several files.",
    ),
    "DSS115": Explanation(
        "An output lies outside its folder",
        "The path of an output is absolute or leads above the folder that is written to.",
        'out = "../../etc/tokens.css"',
    ),
    "DSS116": Explanation(
        "YAML beyond JSON",
        "Anchors, aliases, merge keys and tags are refused: a few nested aliases expand to gigabytes, and"
        " tokens have references of their own.",
        "b: *a",
    ),
    "DSS117": Explanation(
        "A file exists already",
        "dss init never overwrites.",
    ),
    "DSS118": Explanation(
        "Several resolver documents",
        "The one resolver document among the sources is used as if it were named. Of several none is: name one with"
        " --resolver, or with resolver = in dss.toml. They are never read as tokens.",
        "dss resolve tokens/",
    ),
}
