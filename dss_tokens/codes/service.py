"""Codes 5xx, store, service, jobs, Storybook."""

from __future__ import annotations

from ._explanation import Explanation

_STORYBOOK = {
    "DSS500": Explanation(
        "The store cannot be used",
        "The database of DSS_STORE is out of reach, refuses the connection, or failed. Nothing was changed. Without "
        "DSS_STORE the store is the file .dss/store.db in the project.",
    ),
    "DSS501": Explanation(
        "No such project",
        "The store knows no project of that id or name. `dss project list` shows those it knows.",
    ),
    "DSS502": Explanation(
        "The name of a project is taken",
        "Ids and names of projects are unique in a store.",
    ),
    "DSS503": Explanation(
        "Somebody else changed the project meanwhile",
        "A change names the revision it was made from; the project has a newer one by now. Nothing was changed: read "
        "the newest revision and repeat the change.",
    ),
    "DSS504": Explanation(
        "No such revision",
        "`dss project history` lists the revisions of a project.",
    ),
    "DSS505": Explanation(
        "Somebody else is at work",
        "A project is changed by one program at a time. The lock runs out by itself when its owner was killed.",
    ),
    "DSS506": Explanation(
        "DSS_STORE names no store that can be used",
        "A store is SQLite (`sqlite:///path.db`) or PostgreSQL (`postgresql://user@host/database`, with the extra "
        "`postgres` installed).",
        "DSS_STORE=mysql://localhost/dss",
    ),
    "DSS507": Explanation(
        "The store was written by a newer version",
        "A newer version of dss changed the tables of the store. Install that version here, too.",
    ),
    "DSS508": Explanation(
        "A token or group cannot be renamed so",
        "Something stands at the new path already, or a token is on the way there. Nothing was changed.",
        "dss mv color.red color.blue, where color.blue exists",
    ),
    "DSS509": Explanation(
        "Nothing stands at the path that shall be renamed",
        "No file of the project has a token or group there. `dss resolve` lists all paths.",
    ),
    "DSS550": Explanation(
        "No tokens to make stories of",
        "The sources were read, but hold no token. Nothing was written.",
        "dss storybook empty.json -o storybook",
    ),
    "DSS551": Explanation(
        "Node or npm is missing",
        "Stories are generated without Node; only --build needs it. Install Node 20.19 or newer with npm, or build"
        " the generated folder elsewhere: npm ci && npm run build.",
        "dss storybook tokens -o storybook --build",
    ),
    "DSS552": Explanation(
        "npm could not install the packages",
        "The pinned packages of the generated Storybook could not be fetched or unpacked: no network, a proxy, a"
        " registry that lacks them, no room. The lines of npm stand below the message. The generated files are"
        " complete; run the command again once npm works.",
    ),
    "DSS553": Explanation(
        "Storybook could not be built",
        "The lines of Storybook stand below the message. A story or configuration file that was edited by hand is the"
        " usual cause.",
    ),
    "DSS554": Explanation(
        "Nothing to serve",
        "--serve shows the built pages, and there are none in the folder. Build them first, with --build.",
        "dss storybook tokens -o storybook --build --serve",
    ),
    "DSS555": Explanation(
        "A file is in the way",
        "A file that would be written exists already and is none that dss wrote. Nothing was changed.",
        "dss storybook tokens -o my-app",
    ),
    "DSS556": Explanation(
        "An edited file was left as it is",
        "package.json, the files of .storybook and stale stories that were edited after dss wrote them are never"
        " overwritten or removed. Remove the file to get the generated one.",
    ),
    "DSS557": Explanation(
        "A token without a value in some context",
        "A set or context defines a token that another one lacks, so that elements there keep whatever value they"
        " inherit. The pages show a dash.",
    ),
    "DSS558": Explanation(
        "The record of generated files is damaged",
        ".dss-storybook.json says which files of the folder dss wrote; without it nothing is replaced or removed.",
    ),
    "DSS559": Explanation(
        "The port is taken",
        "Another program listens on the port that the pages were to be served on. Choose one with --port; 0 takes any"
        " free one.",
        "dss storybook -o storybook --serve --port 6007",
    ),
}
"""55x: the generated Storybook."""

CODES: dict[str, Explanation] = {**_STORYBOOK}
