"""Codes 4xx, Figma: 40x-41x answers of its API, 42x-44x what a pull read, 45x-46x pushing, 47x styles, 48x syncing."""

from __future__ import annotations

from ._explanation import Explanation

_ANSWERS = {
    "DSS401": Explanation(
        "Figma wants a token",
        "Put a personal access token into the environment variable FIGMA_TOKEN (Figma: Settings, Security, Personal "
        "access tokens; scope file_variables:read, for pushing file_variables:write). OAuth tokens are given as "
        '"Bearer …". The token is never written to a file, a log or an error.',
    ),
    "DSS402": Explanation(
        "the plan does not include the variables API",
        "Only full members of an Enterprise organisation may read and write variables over the API; that is Figma's "
        "decision, the token is fine. Everybody else: (1) export the modes in Figma (variables panel, right-click a "
        "collection, Export modes) or (2) dump the variables with a plugin, then run dss figma pull KEY --from-file "
        "EXPORT. Styles work on every plan: dss figma pull KEY --styles.",
        '{"status": 403, "error": true, "message": "Limited by Figma plan"}',
    ),
    "DSS403": Explanation(
        "the token lacks a scope",
        "A token can do only what it was made for, and scopes cannot be added later. Make a new token with the scope "
        "that the hint names.",
    ),
    "DSS404": Explanation(
        "no such file",
        "Figma says the same whether a file does not exist or the token's owner may not see it. Open the address in a "
        "browser as that user. A branch has a key of its own: the one after /branch/.",
    ),
    "DSS405": Explanation(
        "the file's permissions do not allow it",
        "Pushing variables needs edit access to the file, pulling needs view access.",
    ),
    "DSS406": Explanation("not a design file", "Variables live in Figma design files, not in FigJam, Slides or Buzz."),
    "DSS407": Explanation(
        "the token is wrong or has expired",
        "Personal access tokens expire. Make a new one and put it into FIGMA_TOKEN.",
    ),
    "DSS408": Explanation(
        "Figma forbids it",
        "The message is one that dss does not know. The usual causes: the plan, a scope, the file's permissions, an "
        "expired token.",
    ),
    "DSS409": Explanation(
        "Figma refused the request",
        "The message is Figma's own and names the fault. Nothing was changed: a push is applied whole or not at all. "
        "For reads, a file that is too large times out this way.",
        '{"status": 400, "error": true, "message": "Duplicate variable name: surface/base"}',
    ),
    "DSS410": Explanation("a request that is too large", "Figma takes 4 MB at most; a push is split before that."),
    "DSS411": Explanation(
        "too many requests",
        "Figma limits requests by the plan of the file, not only by your seat: in a file of a Starter team even a full "
        "seat has 6 file requests a month. dss waits as long as Figma asks, up to 5 minutes; beyond that it stops and "
        "says how long the wait would be.",
    ),
    "DSS412": Explanation(
        "Figma failed",
        "Reads were repeated three times. A write is not repeated, because it may have been applied: dss figma status "
        "tells.",
    ),
    "DSS413": Explanation(
        "Figma cannot be reached",
        "No connection, or it broke. Check the network and the proxy settings (HTTPS_PROXY).",
    ),
    "DSS414": Explanation(
        "an answer that cannot be read",
        "It is no JSON object, is damaged, or larger than 256 MiB. A proxy or a login page may have answered instead.",
    ),
    "DSS415": Explanation(
        "an unexpected answer",
        "A status that Figma does not document. Redirects are not followed: they could carry "
        "the token to another host.",
    ),
    "DSS416": Explanation(
        "not a Figma file",
        "Give the file's key or its address as copied from Figma.",
        "https://www.figma.com/design/AbCdEf0123456789abcdEF/Name",
    ),
    "DSS417": Explanation(
        "a token in the clear",
        "The base URL must begin with https, or the token could be read on the way. Loopback addresses are fine.",
    ),
}

_READING = {
    "DSS420": Explanation(
        "not a Figma source",
        "The file is none of the forms that a pull can read: an answer of GET variables/local, a plugin dump of that "
        "shape, Figma's mode exports (one JSON file per mode), a Tokens Studio or another plugin's export. If it is an "
        "error answer that was saved by accident, its text says what Figma objected to.",
        '{"status": 403, "error": true, "message": "Limited by Figma plan"}',
    ),
    "DSS421": Explanation(
        "an answer without values",
        "GET variables/published lists names and types only. Pull the answer of GET variables/local; give both files "
        "to see what changed since the last publish.",
        '{"meta": {"variables": {"VariableID:1:2": {"resolvedDataType": "COLOR"}}}}',
    ),
    "DSS422": Explanation(
        "an incomplete entry",
        "A collection or variable lacks its id, name or values. It was skipped; the rest was read.",
        '{"variables": {"VariableID:1:2": {"name": "color/brand"}}}',
    ),
    "DSS423": Explanation(
        "an alias to a variable that is not in the answer",
        "The variable it points to belongs to a library that is not linked any more, or was deleted. The value of the "
        "default mode stands in, so that no reference dangles. Re-link the alias in Figma.",
        '{"type": "VARIABLE_ALIAS", "id": "VariableID:9f8e…/12:34"}',
    ),
    "DSS424": Explanation(
        "no value at all in a mode",
        "Neither the mode nor the default mode leads to a value, so there is no token in that context. Re-link the "
        "alias in Figma, or give the default mode a value.",
    ),
    "DSS425": Explanation(
        "aliases in a circle",
        "Figma itself prevents this; files written by plugins may hold it. The value of the default mode stands in.",
        '"a" aliases "b", "b" aliases "a"',
    ),
    "DSS426": Explanation(
        "no usable value in a mode",
        "The mode has no value, or one that does not fit the variable's type. The default mode's value stands in.",
        '{"resolvedType": "FLOAT", "valuesByMode": {"1:0": "wide"}}',
    ),
    "DSS427": Explanation(
        "an alias written as a literal",
        "Its target is not written: it lives in another library or was deleted. The value is what Figma shows; "
        '$extensions["com.figma"].aliasOf remembers the target, so that a push restores the alias.',
    ),
    "DSS428": Explanation(
        "an alias that no reference can express",
        "Figma reads an alias in the mode of the same name. Here the two collections have different modes, so a "
        "reference would give another value in some context. The literal is written and remembers its alias. Give both "
        "collections the same modes and the same default mode: then one modifier chooses both and the reference stays.",
    ),
    "DSS429": Explanation(
        "an alias between different types",
        "A DTCG reference cannot change a type, and the scopes of the two variables say different types. The literal "
        "is written and remembers its alias.",
    ),
    "DSS430": Explanation(
        "a type taken from the target",
        "The scopes of the variable say one type, those of the variable it aliases another. The reference is kept, so "
        "the target's type holds.",
    ),
    "DSS431": Explanation(
        "an opacity that never exceeds 1",
        "Figma counts opacity in percent: 0.4 means 0.4 %. Nobody wants that, so the value is read as the ratio 0.4.",
        '{"name": "opacity/disabled", "scopes": ["OPACITY"], "valuesByMode": {"1:0": 0.4}}',
    ),
    "DSS432": Explanation(
        "a name that a token may not have",
        "Characters that references need ({ } .), a leading $, control and invisible characters are replaced by -, "
        "blanks around slashes and empty parts dropped. The original name is kept in $extensions.",
        "space/1.5",
    ),
    "DSS433": Explanation(
        "two variables with one path",
        "After cleaning, two names of one collection are equal. The second is numbered. Rename one in Figma.",
        "a/b and a//b",
    ),
    "DSS434": Explanation(
        "a variable of an unknown type",
        "Figma adds types faster than it documents them. Such variables are skipped, the rest is read.",
        '{"resolvedType": "EASING"}',
    ),
    "DSS435": Explanation(
        "a variable whose collection is gone",
        "The editor no longer shows it; it is only kept because something still uses it. It is skipped.",
    ),
    "DSS436": Explanation(
        "text that looks like a reference",
        "DTCG has no way to write text in braces literally. A blank is added behind it; the original is kept in "
        "$extensions and pushed unchanged.",
        '"{count}"',
    ),
    "DSS438": Explanation(
        "a colour with an opacity of its own",
        "Figma keeps colour and opacity apart and may alias both; DTCG has one colour. The parts are remembered.",
        '{"color": {"type": "VARIABLE_ALIAS", "id": "VariableID:1:2"}, "opacity": 40}',
    ),
    "DSS439": Explanation(
        "two collections with one name",
        "Names of collections are not unique in Figma, those of sets and modifiers are. The later one got a suffix.",
    ),
    "DSS440": Explanation(
        "numbers of unknown meaning",
        "Without scopes and without a telling name nothing says whether a number is a length, a ratio or a duration. "
        'They became "number". Set scopes in Figma, or a rule in [figma] types.',
    ),
    "DSS442": Explanation(
        "local and published variables differ",
        "Other files see the published state. Nothing is wrong with the pull, which takes the local one.",
    ),
    "DSS441": Explanation(
        "collections that share a path",
        "Two tokens cannot have one path, so the tokens of both collections stand below a group named like their "
        "collection. [figma] group_by_collection = true or false decides for all.",
    ),
}

_PUSHING = {
    "DSS450": Explanation(
        "nothing says which file is which mode",
        "A push needs tokens.resolver.json: its sets and modifiers are the collections, its contexts the modes. A pull "
        "writes it.",
    ),
    "DSS451": Explanation(
        "gone in Figma",
        "The collection or variable that a token belongs to is not in the file any more. Pull to take the deletion "
        "over, or remove the com.figma extension of the token to make it anew.",
    ),
    "DSS452": Explanation(
        "beyond Figma's limits",
        "A collection holds at most 5,000 variables and 40 modes, fewer on smaller plans; a mode's name at most 40 "
        "characters.",
    ),
    "DSS453": Explanation(
        "what has no tokens any more is kept",
        "The tokens of a variable, or the context of a mode, were removed since the last pull. Deleting a variable "
        "breaks every binding to it, and a mode takes all its values along, so it happens with --delete only.",
    ),
    "DSS454": Explanation(
        "a type that Figma has no variable for",
        "Figma has variables for colours, numbers, text and booleans. Shadows, gradients, borders, transitions and "
        "typography live in styles, which no API can write.",
    ),
    "DSS455": Explanation(
        "a slash inside a name", "Figma separates groups by slashes: the next pull will read two names.", "a/b"
    ),
    "DSS456": Explanation(
        "two variables of one name",
        "Names are unique in a collection, upper and lower case being one. Figma would refuse the whole push.",
    ),
    "DSS457": Explanation(
        "a value that Figma cannot hold",
        "A unit that Figma does not know, a reference into a part of a value, to another type or to a token that is "
        "no variable, or a change of type: an existing variable keeps its type for life. Delete and create it to "
        "change that; every binding is lost.",
    ),
    "DSS458": Explanation(
        "a new variable in an extended collection",
        "An extended collection overrides the variables of its parent; new ones belong into the parent.",
    ),
    "DSS459": Explanation(
        "a value that loses a little",
        "Figma counts in px and ms, keeps one font family and colours of the document's profile.",
    ),
    "DSS460": Explanation(
        "a token in another collection than its variable",
        "A variable keeps its collection for life. The token was moved to a file of another one with its com.figma "
        "extension: move it back, or remove the extension; then it becomes a new variable and the old one can be "
        "deleted with --delete, with every binding to it.",
    ),
}

_STYLES = {
    "DSS470": Explanation(
        "a style without its node",
        "A style's values stand on a node of its file; that node was deleted. Publish the library again.",
    ),
    "DSS471": Explanation(
        "a style without a token",
        "DTCG has no type for pictures, patterns, blurs and the like. The style was skipped.",
        '{"type": "IMAGE", "imageRef": "…"}',
    ),
    "DSS472": Explanation(
        "a bound field written as a literal",
        "The variable is not among the tokens, has another type than the field (a line height in px where DTCG wants a "
        "ratio), or a paint's own opacity changes it. The binding is kept in $extensions.",
    ),
    "DSS473": Explanation(
        "a style of several layers",
        "One token holds one fill, or shadows only. The rest is kept in $extensions.",
    ),
}

_SYNCING = {
    "DSS480": Explanation(
        "a push that did not end",
        "A push of several requests was interrupted or refused in the middle: each request is applied whole or not at "
        "all, so what came before is in Figma. dss figma push again reads Figma first, finds what was made by its "
        "name, and posts only the rest.",
    ),
    "DSS481": Explanation(
        "a token file was written while Figma was asked",
        "A pull reads the token files, asks Figma (and perhaps you), and writes all at once. Somebody saved one of the "
        "files in between; it would have been lost, so nothing was written. Run the command again: it brings that "
        "edit and Figma's together.",
    ),
    "DSS482": Explanation(
        "tokens in a file that nothing names any more",
        "Figma deleted a mode or a collection whose file holds tokens that were never in Figma. The file stays, but no "
        "set or context of tokens.resolver.json names it. Name it there, or move the tokens and delete it.",
    ),
}

CODES: dict[str, Explanation] = {**_ANSWERS, **_READING, **_PUSHING, **_STYLES, **_SYNCING}
