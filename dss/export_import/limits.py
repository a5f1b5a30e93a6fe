"""Every limit of an archive in one frozen record. Inclusive: a value exactly at its limit is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .faults import CODES

MB = 1_000_000
KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a reader or writer of archives accepts at most; sizes in bytes unless said otherwise.

    Source: reference "archives", section 6.
    """

    max_file_size: int = 100 * MB
    """The archive itself, from ``fstat`` on the open descriptor."""

    max_tokens: int = 1_000_000
    """Live tokens of all sets. Sets, groups and tombstones besides: at most three times as many."""

    max_components: int = 100_000
    """Component records."""

    max_members: int = 10_000
    """Members, from the end record: checked before the directory is read."""

    max_directory_size: int = 8 * MB
    """The central directory."""

    max_member_size: int = 100 * MB
    """One member, inflated; counted while inflating, not only declared."""

    max_total_size: int = 400 * MB
    """All members, inflated."""

    max_ratio: int = 200
    """Inflated bytes for each compressed one, of a member and of the whole, above :attr:`ratio_floor`."""

    ratio_floor: int = 10 * MB
    """Inflated size up to which no ratio is looked at: small repetitive files are normal."""

    max_manifest_size: int = 4 * MB
    """``manifest.json``, inflated."""

    max_line_length: int = MB
    """One record, without its line end."""

    max_string_size: int = 256 * KIB
    """One string of a record, in bytes of UTF-8."""

    max_name_length: int = 256
    """The name of a token or group, in characters."""

    max_value_depth: int = 64
    """Nested lists and objects inside one record's value."""

    max_group_depth: int = 128
    """Names in the path of a token."""

    max_number_length: int = 64
    """The text of one number, in characters."""

    max_resolved_factor: int = 10
    """Nodes of all resolved values for each token, see :meth:`max_resolved_nodes`."""

    min_resolved_nodes: int = 1_000_000
    """Nodes of all resolved values that are always accepted."""

    max_asset_size: int = 20 * MB
    """One font or image."""

    max_assets_size: int = 200 * MB
    """All fonts and images."""

    max_seconds: int = 300
    """Wall time of an import, looked at between batches."""

    max_findings: int = 100
    """Findings listed one by one; the rest is a count."""

    background_records: int = 50_000
    """Records above which an import asks for a background job."""

    background_size: int = 50 * MB
    """Inflated bytes above which an import asks for a background job."""

    def max_resolved_nodes(self, tokens: int) -> int:
        """How many nodes the values of *tokens* tokens may resolve to altogether."""
        return max(self.min_resolved_nodes, self.max_resolved_factor * tokens)

    def changed(self, values: Mapping[str, int]) -> Limits:
        """These limits with those of *values* by name, with or without the leading ``max_``.

        Raises:
            InputError: ``DSS646`` for a name that is no limit or a value that is no whole number above 0.
        """
        known = {field.name for field in fields(self)}
        chosen: dict[str, int] = {}
        for name, value in values.items():
            plain = name.replace("-", "_")
            full = plain if plain in known else f"max_{plain}"
            if full not in known:
                raise InputError(_unknown(name, known))
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise InputError(Diagnostic(code="DSS646", message=f"limit {name!r} must be a whole number above 0"))
            chosen[full] = value
        return replace(self, **chosen)


def _unknown(name: str, known: set[str]) -> Diagnostic:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return Diagnostic(
        code="DSS646",
        message=f"there is no limit {name!r}",
        hint=f"did you mean {close[0]!r}?" if close else "the limits are: " + ", ".join(sorted(known)),
    )


DEFAULTS = Limits()
"""The limits in force where nothing else is configured."""


def within(name: str, value: object, limit: int) -> tuple[bool, str | None]:
    """Whether *value* is at most *limit*, and why not as text that begins with the code. Never raises.

    Args:
        name: ``file_size`` (bytes), ``tokens`` or ``components``.
    """
    code = CODES[f"LIMIT_{name.upper()}"]
    unit = "bytes" if name == "file_size" else name
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return False, f"{code}: this is no number of {unit}: {str(value)[:80]!a}"
    if value > limit:
        return False, f"{code}: {value:,} {unit}, limit {limit:,} (option {name})"
    return True, None
