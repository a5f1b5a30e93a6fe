"""Codes 6xx, archives and merge."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS600": Explanation(
        "A member's name climbs out of its folder",
        "An archive holds a name with `..` in it. An extracting tool would write outside its target. No "
        "honest tool writes such names: do not open the file with other tools either, and ask where it "
        "came from.",
        "tokens/../../evil.json",
    ),
    "DSS601": Explanation(
        "Two members mean one place",
        "Two names are equal, differ only in case or Unicode form, or one is a file and the folder of "
        "another. Readers that take the first and readers that take the last would see different tokens. "
        "Write it anew.",
        "tokens/base.jsonl and tokens/BASE.jsonl",
    ),
    "DSS602": Explanation(
        "A member's name is an absolute path",
        "The name starts with a slash or a drive letter, or holds a backslash, which is a separator on "
        "Windows. Names inside an archive are relative and use `/`.",
        "C:evil.json",
    ),
    "DSS603": Explanation(
        "A character that no member's name may hold",
        'The name holds NUL, a control character or one of `< > " | ? *`. Some readers cut a name at '
        "NUL, others do not: one file, two contents.",
        "tokens/evil.json\\x00.png",
    ),
    "DSS604": Explanation(
        "A name that means something else on Windows",
        "Device names (`CON`, `COM1`, also with an extension), colons (streams of another file) and "
        "parts that end in a dot or space are something else there than what they seem.",
        "tokens/CON.json",
    ),
    "DSS605": Explanation(
        "A name whose characters readers understand differently",
        "The name is not UTF-8, is not marked as UTF-8, is not in normal form C, or holds invisible, "
        "bidirectional or unassigned characters. Two systems would show or store it differently.",
    ),
    "DSS606": Explanation(
        "An empty name, or an empty or single-dot part",
        "`a//b`, `./a` and the empty name are spelled differently by different tools.",
        "tokens/./base.jsonl",
    ),
    "DSS607": Explanation(
        "A name that is too long or too deep",
        "At most 512 bytes, 200 for one part, 16 parts: what every file system can hold.",
    ),
    "DSS610": Explanation(
        "Not an archive",
        "The file is not a ZIP, was cut off, has no members, or is no regular file. Fetch it again; a "
        "cut-off file usually comes from a broken transfer.",
    ),
    "DSS611": Explanation(
        "Readers would disagree where the archive ends",
        "There is more than one end record, or a comment. Readers that search from the front and from "
        "the back would see two archives.",
    ),
    "DSS612": Explanation(
        "Bytes that belong to no member",
        "Something stands before the first member, between two members or after the end. Archives are "
        "exact: every byte is accounted for. Self-extracting and padded archives are refused.",
    ),
    "DSS613": Explanation(
        "The directory does not hold what the end record says",
        "The counts or the place of the directory are wrong, or the archive is one part of several.",
    ),
    "DSS614": Explanation(
        "ZIP64 where it is not needed",
        "An archive within the limits never needs 64-bit sizes; readers disagree about which size is valid.",
    ),
    "DSS615": Explanation(
        "A member's header disagrees with the directory",
        "Streaming readers see the local header, others the directory. Where name, method, flags, CRC or "
        "sizes differ, they see two contents in one file.",
    ),
    "DSS616": Explanation(
        "A member that only one of the two listings has",
        "The directory lists a member that is not there, or a member is there that the directory hides.",
    ),
    "DSS617": Explanation(
        "Members overlap",
        "Two members share bytes of the file: the way small files inflate to terabytes.",
    ),
    "DSS618": Explanation(
        "An extra field that is malformed or changes the member",
        "Extra fields may give another name, kind or encryption to readers that honour them. Timestamps "
        "and owners are fine in any ZIP; the archives of dss have no extra fields.",
    ),
    "DSS619": Explanation(
        "A member that is no regular file",
        "Links, devices, set-id bits, or a kind of content that archives do not have. Nothing in a token "
        "project needs them.",
    ),
    "DSS620": Explanation(
        "Encrypted inside the ZIP",
        "ZIP encryption is weak and hides names from review. Encrypt the whole archive: `dss export --recipient`.",
    ),
    "DSS621": Explanation(
        "A compression method or flag that is not read",
        "Only stored and deflated members are read, because every reader knows these two.",
    ),
    "DSS622": Explanation(
        "A member is damaged",
        "Its data does not inflate, gives another size than declared, or its CRC-32 is wrong. Fetch the file again.",
    ),
    "DSS640": Explanation(
        "The archive is too large",
        "Raise the limit by `--limit file_size=N` or `file_size` under `[limits]` in dss.toml, if you "
        "trust the sender.",
    ),
    "DSS641": Explanation(
        "Too many members",
        "The number of members or the size of the directory is above its limit. The options are "
        "`members` and `directory_size`.",
    ),
    "DSS642": Explanation(
        "The archive inflates to too much",
        "One member, all together, or the ratio to the compressed size is above its limit: the marks of "
        "a decompression bomb. The options are `member_size`, `total_size` and `ratio`.",
    ),
    "DSS643": Explanation(
        "Too many tokens or components",
        "Counted while reading, whatever the manifest claims. The options are `tokens` and `components`.",
    ),
    "DSS644": Explanation(
        "A record, text or name is too long",
        "The options are `line_length`, `string_size` and `name_length`.",
    ),
    "DSS645": Explanation(
        "Resolving would take too much",
        "Values that refer to many others grow without bound when resolved, or the import took longer "
        "than its limit. The options are `resolved_factor` and `seconds`.",
    ),
    "DSS646": Explanation(
        "Not a limit",
        "A name or value under `[limits]` or after `--limit` is not one. Values are whole numbers above 0.",
        "--limit tokens=0",
    ),
    "DSS650": Explanation(
        "The manifest is missing or wrong",
        "`manifest.json` is the first member, in canonical JSON, and describes all others. Without it "
        "the ZIP is no archive of dss.",
    ),
    "DSS651": Explanation(
        "The manifest and the members differ",
        "A member is not listed, or a listed one is missing. Someone added or removed it after the export.",
    ),
    "DSS652": Explanation(
        "Content is not what the manifest says",
        "The SHA-256 or the size of a member differs from the manifest: it was damaged or edited. A "
        "digest proves damage; only a signature tells who wrote the archive.",
    ),
    "DSS653": Explanation(
        "Not signed by a trusted key",
        "A signature is required and missing, is wrong, or is by a key that is not trusted here. Ask the "
        "sender for the public key by another way than the archive, then name it with `--trust`.",
    ),
    "DSS654": Explanation(
        "Older than what was taken in before",
        "The archive's sequence number is below the highest one seen: an old state is offered again. "
        "Merge it if that is intended; `replace` refuses it.",
    ),
    "DSS655": Explanation(
        "Cannot be decrypted",
        "The identity or passphrase does not fit, or the file was changed after encryption.",
    ),
    "DSS656": Explanation(
        "A key file cannot be used",
        "It is not a key of the kind that is needed, or others may read a secret key (mode 0600 is expected).",
    ),
    "DSS657": Explanation(
        "Not in the exact form that dss writes",
        "The content is readable, but order, dates, attributes or flags of a member are not those that "
        "dss writes. Someone packed it anew: `dss verify --structure-only` accepts it, an import does "
        "not.",
    ),
    "DSS660": Explanation(
        "A record is no strict JSON",
        "Archives are read strictly: UTF-8 without byte order mark, one JSON object a line, nothing else.",
    ),
    "DSS661": Explanation(
        "A key stands twice in one object",
        "Readers that take the first and readers that take the last see different values.",
        '{"$value": 1, "$value": 2}',
    ),
    "DSS662": Explanation(
        "Nested too deeply",
        "A value nests more than 64 lists and objects, or a token lies below more than 128 groups.",
    ),
    "DSS663": Explanation(
        "A number that cannot be kept exactly",
        "NaN, infinities, integers beyond 2^53-1 and numbers of more than 64 characters change in other tools.",
        "9007199254740993",
    ),
    "DSS664": Explanation(
        "A record has the wrong shape",
        "A field is missing, unknown or of the wrong kind, or an id is malformed or occurs twice.",
    ),
    "DSS665": Explanation(
        "The tokens of the archive do not hang together",
        "An alias leads nowhere or in a circle, or a token has a name that is not allowed.",
    ),
    "DSS666": Explanation(
        "A file that is no font or image",
        "Assets are recognised by their content, not by their name; anything but known fonts and images "
        "is refused, and so are files above the limits `asset_size` and `assets_size`.",
    ),
    "DSS670": Explanation(
        "Written by a newer version",
        "This version cannot read the archive's format. Install the version that the message names.",
    ),
    "DSS671": Explanation(
        "An old archive could not be brought to the present format",
        "A record of the old format does not fit what that format allows.",
    ),
    "DSS680": Explanation(
        "The store is busy",
        "Another process writes to the project's store for longer than the time-out. Nothing was changed; try again.",
    ),
    "DSS681": Explanation(
        "A background job works on the project",
        "Import and merge wait until it is done. `dss jobs` shows it.",
    ),
    "DSS682": Explanation(
        "Reading or writing failed",
        "The disk is full or broken, or a file cannot be opened. What was there before is unchanged.",
    ),
    "DSS683": Explanation(
        "The archive does not fit this project or its present state",
        "It holds a part of a project only, belongs to another project, or the project changed meanwhile.",
    ),
    "DSS684": Explanation(
        "The cloud did not give or take an archive",
        "The storage refused, failed or cannot be reached. What lay there is unchanged; an object appears whole or "
        "not at all. Credentials, region and address come from the provider's own environment variables.",
        "dss import s3://tokens/acme.dss, without permission to read it",
    ),
    "DSS685": Explanation(
        "An address that names no archive",
        "Archives lie in files, or at `s3://BUCKET/KEY`, `gs://BUCKET/KEY` and `az://CONTAINER/KEY`. Addresses hold no "
        "credentials, no port and no query.",
        "ftp://example.com/acme.dss",
    ),
    "DSS690": Explanation(
        "Both sides changed the same thing",
        "A merge found values that differ on both sides. Decide by `--strategy keep_local`, "
        "`keep_remote` or `keep_newest`; nothing was changed.",
    ),
    "DSS691": Explanation(
        "The merged tokens do not hang together",
        "Each side is fine, but together an alias leads nowhere or in a circle. Nothing was changed. Where a part of a "
        "project refers to tokens that are not here, merge one that holds them too: export it without `--no-closure`.",
    ),
    "DSS692": Explanation(
        "A clock is wrong",
        "A stamp lies far in the future, or a time has no zone. Accepting it would drag all later stamps "
        "along; `--accept-skew` does so knowingly.",
    ),
    "DSS693": Explanation(
        "No common state is known",
        "The merge works without a base: whatever differs and is not known to be older is a conflict.",
    ),
    "DSS694": Explanation(
        "No such merge strategy",
        "Conflicts are decided by `keep_local`, `keep_remote`, `keep_newest`, or left to you by `manual`. "
        "Other packages may add more.",
        "--strategy newest",
    ),
    "DSS695": Explanation(
        "A list of decisions that cannot be read",
        "Decisions on conflicts are the list that `dss merge --json` prints, each with `choose` set to "
        "`local`, `remote`, `base`, or `value` and the value beside it.",
        '{"conflicts": [{"id": "…", "field": "$value", "revision": "…", "choose": "local"}]}',
    ),
    "DSS696": Explanation(
        "Probably renamed",
        "Files carry no identity: a token that is gone and one that is new, of the same type and value, in the "
        "same group or under the same last name, are taken for one that was renamed. `--no-renames` does not guess; "
        "`dss mv` renames for certain.",
    ),
    "DSS697": Explanation(
        "Comments in a YAML file are not kept",
        "JSON and JSON5 files are edited in place. A YAML file is written anew as a whole.",
    ),
    "DSS698": Explanation(
        "A conflict was decided without knowing when the sides were changed",
        "`keep_newest` compares times. Where one side has none, the other one wins; where both have none, the "
        "contents decide, alike on every machine.",
    ),
    "DSS699": Explanation(
        "Git failed",
        "The merge driver needs Git for files that are neither JSON nor YAML, and to set a repository up.",
    ),
}
