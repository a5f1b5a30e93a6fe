"""What a check of an archive found: one frozen value, for every door."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from dss_tokens.diagnostics import Diagnostic, has_errors

from .content import Content
from .trust import SignedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a verification. "Intact" and "signed by" are two different statements."""

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    size: int = 0
    """Bytes of the archive."""

    members: int = 0
    """Members, once the structure was found good."""

    inflated_size: int = 0
    """Bytes of all members, as they were counted."""

    intact: bool | None = None
    """Whether every byte is what the manifest says; ``None`` where no manifest was looked at. Says nothing of who
    wrote it."""

    signed_by: SignedBy | None = None
    """What is known about the signer."""

    digest: str | None = None
    """SHA-256 of the manifest: the name of this archive."""

    content: Content | None = None
    """What it holds, once all of it was found good."""

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against using the archive."""
        return not has_errors(self.diagnostics)

    def to_json(self) -> dict[str, Any]:
        """The shape of the contract, section 3 (archives)."""
        document: dict[str, Any] = {
            "ok": self.ok,
            "file": self.file,
            "size": self.size,
            "members": self.members,
            "inflated_size": self.inflated_size,
        }
        if self.intact is not None:
            document["intact"] = self.intact
            document["digest"] = self.digest
            document["signature"] = self._signature()
        if self.content is not None:
            document |= self._content(self.content)
        return document | {"diagnostics": [found.to_json() for found in self.diagnostics]}

    def _signature(self) -> dict[str, Any]:
        signed = self.signed_by
        if signed is None:
            return {"trusted": False, "key": None, "claimed_key": None}
        return {
            "trusted": signed.key is not None,
            "key": signed.key.id if signed.key is not None else None,
            "claimed_key": signed.claimed,
        }

    def _content(self, content: Content) -> dict[str, Any]:
        manifest = content.manifest
        return {
            "format_version": manifest.source_version,
            "project": {"id": manifest.project_id, "name": manifest.project_name},
            "snapshot": manifest.snapshot,
            "parents": list(manifest.parents),
            "sequence": manifest.sequence,
            "scope": manifest.to_json()["scope"],
            "created": {"hlc": manifest.stamp, "tool": manifest.tool},
            "counts": asdict(manifest.counts),
            "tombstones": content.tombstones,
            "sets": [{"id": found.id, "name": found.name, "tokens": found.tokens} for found in content.sets],
            "assets": [asdict(asset) for asset in manifest.assets],
        }
