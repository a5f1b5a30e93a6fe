"""Components of a Figma file in the project's states: archives carry them to whoever uses the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..export_import.identity import component_id
from ..export_import.scan import records_in
from ..export_import.scanning import scan_project
from ..export_import.session import Session
from ..project import Project
from .project_states import open_states
from .reading import Reader

Json = dict[str, Any]


def keep_components(project: Project, reader: Reader, file_key: str, components: Sequence[Json]) -> None:
    """Records the files of *project* together with the components of a Figma file.

    Components of other files and of archives stay; those that the Figma file has no more are deleted.

    Args:
        project: The project.
        reader: Reads its files.
        file_key: The Figma file's key.
        components: Plain data, with ``name`` and ``key``.

    Raises:
        InputError: A token file cannot be read.
        RemoteError: The store is locked, or cannot be opened.
    """
    with open_states(project, reader) as session:
        project_id = session.made_id()
        others = [record for record in _known(session) if _file_of(record) != file_key]
        records = others + [_record(project_id, file_key, component) for component in components]
        with scan_project(
            project, session.store, reader, session.clock, project_id=project_id, project_name=session.name,
            components=records, work_folder=session.work_folder,
        ) as scan, session.store.writing():  # fmt: skip
            scan.keep_lock(session.root)
            scan.commit(session.store)


def known_components(project: Project, reader: Reader) -> list[Json]:
    """The components of a project's newest state by name, with what was recorded of each."""
    with open_states(project, reader) as session:
        found = sorted(_known(session), key=lambda record: (record["name"], record["id"]))
        return [{"name": record["name"], **record["data"]} for record in found]


def _known(session: Session) -> list[Json]:
    head = session.store.meta("head")
    manifest = session.store.manifest(head) if head is not None else None
    entries = [entry for entry in manifest.entries if entry.kind == "components"] if manifest is not None else []
    found = (record for entry in entries for record in records_in(session.store, entry.sha256))
    return [_bare(record) for record in found if "deleted" not in record]


def _bare(record: Json) -> Json:
    return {key: record[key] for key in ("id", "kind", "name", "data")}


def _file_of(record: Json) -> str | None:
    origin = record["data"].get("figma")
    return origin.get("file") if isinstance(origin, dict) else None


def _record(project_id: str, file_key: str, component: Json) -> Json:
    data = {key: value for key, value in component.items() if key not in ("name", "key", "node")}
    data["figma"] = {"file": file_key, "key": component["key"], "node": component["node"]}
    identifier = component_id(project_id, f"figma/{file_key}", component["key"])
    return {"id": identifier, "kind": "component", "name": component["name"], "data": data}
