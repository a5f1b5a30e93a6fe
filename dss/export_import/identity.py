"""The ids of entities that nobody named yet: the same in every clone of a project, without anything stored.

Source: reference "archives", section 9.
"""

from __future__ import annotations

from hashlib import sha1
from typing import Final
from uuid import UUID

NAMESPACE: Final = UUID("6f2b8a52-0f5e-5d4b-9a07-6d1c0b6e9d11")
"""Of the ids of projects that have none of their own."""


def namespace(project: str) -> bytes:
    """The 16 bytes of a project's id."""
    return bytes.fromhex(project.replace("-", ""))


def project_id_of(name: str) -> str:
    """The id of a project of which only the name is known (archives of version 1)."""
    return named_id(NAMESPACE.bytes, f"project\0{name}")


def set_id(project: str, set_name: str) -> str:
    """The id of a set first seen under *set_name*."""
    return named_id(namespace(project), f"set\0{set_name}")


def group_id(project: str, set_name: str, path: str) -> str:
    """The id of a group first seen at *path* (names joined with ``.``)."""
    return named_id(namespace(project), f"group\0{set_name}\0{path}")


def token_id(project: str, set_name: str, path: str) -> str:
    """The id of a token first seen at *path* (names joined with ``.``)."""
    return named_id(namespace(project), f"token\0{set_name}\0{path}")


def theme_id(project: str, name: str) -> str:
    """The id of a resolver document first seen under *name*."""
    return named_id(namespace(project), f"theme\0{name}")


def components_id(project: str) -> str:
    """The id of the member that holds components."""
    return named_id(UUID(project).bytes, "components")


def component_id(project: str, peer: str, key: str) -> str:
    """The id of a component that *peer* calls *key*, e.g. a Figma file's."""
    return named_id(UUID(project).bytes, f"component\0{peer}\0{key}")


def state_id(project: str, snapshot: str) -> str:
    """The id of the record of a state."""
    return named_id(namespace(project), f"state\0{snapshot}")


def named_id(namespace: bytes, name: str) -> str:
    """UUID version 5 (RFC 9562) as text; a third of the time that :func:`uuid.uuid5` and ``str`` take."""
    digits = sha1(namespace + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
