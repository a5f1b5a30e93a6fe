"""Are our packages ours? ``figma`` and ``translators`` are generic names that others install, too.

pip installs both without a word; whose ``__init__`` wins depends on the order. The packages carry a mark,
which is read without running them: a stranger's module may do anything when imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import util
from importlib.machinery import ModuleSpec

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import DssError

DISTRIBUTION = "dss-design-tokens"
PACKAGES = ("dss_tokens", "figma", "translators", "storybook_gen")
"""The import packages that come with ``dss``."""

MARK = f'__distribution__ = "{DISTRIBUTION}"'
"""A line of each package's ``__init__``."""

FindSpec = Callable[[str], ModuleSpec | None]


class ForeignPackageError(DssError):
    """A package of dss is missing, or Python finds a stranger's under its name (DSS901)."""


def require(*packages: str) -> None:
    """Check *packages* before they are imported.

    Raises:
        ForeignPackageError: One of them is not ours.
    """
    if found := foreign_packages(packages):
        raise ForeignPackageError(*found)


def foreign_packages(
    packages: Iterable[str] = PACKAGES,
    *,
    find_spec: FindSpec = util.find_spec,
    owners: Callable[[], Mapping[str, Sequence[str]]] | None = None,
) -> list[Diagnostic]:
    """A DSS901 for each of *packages* that does not carry our mark. Imports and runs none of them.

    Args:
        find_spec: Says where Python would import a name from.
        owners: Gives the distributions that claim each import name; asked only when something is wrong.
    """
    found = []
    for name in packages:
        spec = find_spec(name)
        if not _is_ours(spec):
            found.append(_stranger(name, spec, (owners or _installed_owners)().get(name, ())))
    return found


def _is_ours(spec: ModuleSpec | None) -> bool:
    get_source = getattr(spec.loader, "get_source", None) if spec else None
    source = get_source(spec.name) if spec and get_source else None
    return source is not None and MARK in source.splitlines()


def _stranger(name: str, spec: ModuleSpec | None, claimants: Sequence[str]) -> Diagnostic:
    others = sorted(set(claimants) - {DISTRIBUTION})
    if spec is None:
        message = f"the package '{name}' of dss is not there"
    else:
        place = spec.origin or ", ".join(spec.submodule_search_locations or ()) or "an unknown place"
        message = f"Python finds another package named '{name}': {place}"
    if others:
        remedy = f"pip uninstall {' '.join(others)}, then pip install --force-reinstall {DISTRIBUTION}"
    else:
        remedy = f"move it away, or pip install --force-reinstall {DISTRIBUTION} in an environment of its own"
    return Diagnostic(code="DSS901", message=message, hint=remedy)


def _installed_owners() -> Mapping[str, Sequence[str]]:
    from importlib.metadata import packages_distributions

    return packages_distributions()
