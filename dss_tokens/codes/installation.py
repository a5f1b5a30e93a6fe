"""Codes 9xx, installation and the command line."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS901": Explanation(
        "A package of dss was replaced by a stranger",
        "dss ships the import packages dss, dss_tokens, figma, translators and storybook_gen. Another installed"
        " distribution brings a package of the same name, and Python finds that one first. Remove the other"
        " distribution, or give dss an environment of its own, then reinstall dss: removing the other one may"
        " have taken files of dss with it.",
        "pip install translators dss-design-tokens   # both write the folder 'translators'",
    ),
    "DSS902": Explanation(
        "A Python module is not installed",
        "The command needs a package that a plain installation leaves out. Install dss with the extra that"
        " brings it, or with all of them.",
        "pip install 'dss-design-tokens[all]'",
    ),
    "DSS903": Explanation(
        "The operating system refused",
        "A file could not be read or written: no permission, no room, a folder where a file was expected."
        " Writes are atomic, so no file was left half-written.",
        "dss translate tokens -o /read-only",
    ),
    "DSS990": Explanation(
        "The command line cannot be understood",
        "A command, an option or a value is unknown or missing. 'dss COMMAND --help' lists what there is. The"
        " exit status is 2.",
        "dss translate --formt css",
    ),
    "DSS991": Explanation(
        "Interrupted",
        "The command was stopped from the keyboard. Nothing was left half-written. The exit status is 130.",
    ),
    "DSS999": Explanation(
        "Internal error",
        "A defect of dss, never a fault of yours. The lines below the message say where it happened; please"
        " report them together with what 'dss doctor' prints. No file was left half-written.",
    ),
}
