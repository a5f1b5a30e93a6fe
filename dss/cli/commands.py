"""All commands with their one-line help, so that ``dss --help`` and completion import no command module."""

from __future__ import annotations

SECTIONS: dict[str, dict[str, str]] = {
    "Start": {
        "init": "Write a dss.toml and sample tokens.",
        "demo": "Take the whole tour on a shipped Figma file.",
    },
    "Tokens": {
        "resolve": "Print every token with its final value.",
        "validate": "Check token files; list every fault with its place.",
        "lint": "Check tokens against rules of taste and accessibility.",
        "translate": "Write tokens as CSS, SCSS, JSON and more.",
        "convert": "Write token files as another tool's.",
        "mv": "Rename a token or group with all its references.",
        "diff": "Compare two versions of tokens; say whether users break.",
        "merge": "Merge an archive, or token files of two sides.",
        "merge-driver": "Merge token files when Git merges; --install sets it up.",
        "storybook": "Make a Storybook that shows every token.",
    },
    "Figma": {
        "figma": "Exchange tokens with Figma.",
    },
    "Archives": {
        "export": "Write the project as an archive.",
        "import": "Take an archive into the project.",
        "project": "Show a project's states; bring one back.",
        "verify": "Check an archive as an import would.",
        "inspect": "Show what is in an archive.",
        "upgrade": "Write an old archive in the present format.",
        "keys": "Make keys that sign or open archives.",
    },
    "Help": {
        "explain": "Explain the code of a diagnostic.",
        "doctor": "Show versions and check the installation.",
        "completion": "Print the completion script of a shell.",
    },
}
"""What ``dss --help`` lists: heading -> command -> help."""

GROUPS: dict[str, dict[str, str]] = {
    "project": {
        "list": "List the projects of the store.",
        "show": "Show a project.",
        "create": "Make a project in the store.",
        "delete": "Delete a project from the store.",
        "history": "List a project's states or revisions.",
        "revert": "Bring a project back to an earlier state.",
    },
    "keys": {
        "new": "Make a key that signs archives.",
        "identity": "Make an identity that opens encrypted archives.",
    },
    "figma": {
        "pull": "Bring Figma's variables into token files; edits of the files survive.",
        "push": "Make Figma's variables say what the token files say.",
        "diff": "List what changed in the files and in Figma since the last pull.",
        "status": "Say how much changed on which side since the last pull.",
        "watch": "Pull and build whenever the file changes.",
        "fake": "Serve a Figma of our own, for tests and demos.",
    },
}
"""The commands below a command of :data:`SECTIONS`: group -> command -> help."""
