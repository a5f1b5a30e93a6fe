"""Entities by the paths that references name."""

from __future__ import annotations

from .trees import Tree


class Paths:
    """A tree by path. A path may stand in several sets: references name paths, and the sets are layered later.

    Looks up what is asked for: a merge asks about few of many tokens.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.groups: dict[str, str] = {}
        self.children: dict[str, dict[str, str]] | None = None
        self.roots: list[str] = []

    def of(self, id: str) -> str:
        """The path of an entity; ``""`` for a set."""
        entity = self.tree.entities[id]
        if not entity.parent:
            return ""
        prefix = self.groups.get(entity.parent)
        if prefix is None:
            prefix = self.groups[entity.parent] = self.of(entity.parent)
        return f"{prefix}.{entity.name}" if prefix else entity.name

    def tokens(self, mention: str) -> list[str]:
        """The tokens a mention means; older tools write ``.value`` behind the path."""
        found = self.at(mention, tokens=True)
        if not found and mention.endswith(".value"):
            found = self.at(mention[: -len(".value")], tokens=True)
        return found

    def at(self, path: str, *, tokens: bool) -> list[str]:
        """The tokens, or the groups, at *path*, in any set."""
        entities = self.tree.entities
        return [id for id in self.anything(path) if entities[id].is_token is tokens]

    def anything(self, path: str) -> list[str]:
        """Who stands at *path*, in any set."""
        children = self.children if self.children is not None else self.index()
        found = self.roots
        for name in path.split(".") if path else ():
            found = [child for id in found if (child := children.get(id, {}).get(name)) is not None]
        return found

    def index(self) -> dict[str, dict[str, str]]:
        """Group -> name -> child."""
        children: dict[str, dict[str, str]] = {}
        self.children = children
        for id, entity in self.tree.entities.items():
            if entity.parent:
                children.setdefault(entity.parent, {})[entity.name] = id
            else:
                self.roots.append(id)
        return children
