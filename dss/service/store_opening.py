"""Opens the store that a URL names; of the kinds of store, only the one named is imported."""

from __future__ import annotations

from .store import Store


def open_store(url: str) -> Store:
    """The store that *url* names, brought to the present schema.

    Args:
        url: ``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``postgresql://…``, or ``memory:``.

    Raises:
        StoreError: It is out of reach, busy, or was written by a newer version.
    """
    if url == "memory:":
        from .store_memory import MemoryStore

        return MemoryStore()
    from .store_sql import SqlStore

    return SqlStore.open(url)
