"""What all tables of ``dss.toml`` share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Names = Annotated[tuple[str, ...], Field(strict=False)]
"""An array of TOML: a strict tuple would refuse the list it arrives as."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


OneOrMore = Annotated[tuple[str, ...], Field(strict=False), BeforeValidator(_listed)]
"""A text, or an array of texts."""


class Table(BaseModel):
    """A table: unknown keys and other types are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
