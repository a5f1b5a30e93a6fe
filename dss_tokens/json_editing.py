"""A changed document written into the text it was read from: what did not change keeps its layout and comments.

Works on JSON, JSONC and JSON5. New values are laid out as their likes in the same file (:mod:`.json_layout`).
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from .json_layout import Layout, learn

Json = Any

_BLANK = re.compile(r"[\s\ufeff]*(?:(?://[^\n\r]*|/\*.*?\*/)[\s\ufeff]*)*", re.S)
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[\w$\u200c\u200d]+')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', re.S)
_SCALAR = re.compile(r"[^\s,\]}/]+")
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|//[^\n\r]*|/\*.*?\*/|[{}\[\]]', re.S)
_REST_OF_LINE = re.compile(r"[ \t]*(?://[^\n\r]*|/\*[^\n\r]*?\*/[ \t]*(?=[\r\n]))")

_skip_strict = json.JSONDecoder(object_pairs_hook=len).raw_decode


def edited(text: str, old: Json, new: Json) -> str:
    """*text* with the document *old*, which it was decoded to, replaced by *new*.

    Objects that are one and the same in both are not looked into: build *new* from the parts of *old*.

    Raises:
        ValueError: *text* is not what *old* was read from.
    """
    if new is old:
        return text
    editor = _Editor(text)
    start = editor.blank(0)
    written, end = editor.value(start, old, new, "")
    return text[:start] + written + text[end:]


class _Member(NamedTuple):
    lead: str
    """White space and comments before it."""

    text: str
    """Key and value as they shall be."""

    trail: str
    """White space and comments between the value and what ends the member."""

    after: str
    """A comment behind the comma, on the same line."""


class _Editor:
    def __init__(self, text: str) -> None:
        self.text = text
        self.known: Layout | None = None

    @property
    def layout(self) -> Layout:
        """How this file is laid out; learnt when first needed."""
        if self.known is None:
            self.known = learn(self.text)
        return self.known

    def blank(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        assert match is not None
        return match.end()

    def skip(self, at: int) -> int:
        """The end of the value at *at*."""
        if self.text[at] not in "{[":  # a strict decoder stops inside JSON5's 0x1F
            return self.skip_loosely(at)
        try:
            end: int = _skip_strict(self.text, at)[1]
        except (ValueError, RecursionError):  # comments, JSON5
            return self.skip_loosely(at)
        return end

    def skip_loosely(self, at: int) -> int:
        text = self.text
        if text[at] in "\"'":
            match = _STRING.match(text, at)
        elif text[at] not in "{[":
            match = _SCALAR.match(text, at)
        else:
            depth = 0
            for part in _STRUCTURE.finditer(text, at):
                mark = part.group()
                depth += (mark in "{[") - (mark in "}]") if len(mark) == 1 else 0
                if depth == 0:
                    return part.end()
            match = None
        if match is None:
            raise ValueError(f"no value at {at}")
        return match.end()

    def value(self, start: int, old: Json, new: Json, indent: str) -> tuple[str, int]:
        """The text of *new* in place of the value at *start*, and where that value ends."""
        text = self.text
        if new is old or not _differs(old, new):
            end = self.skip(start)
            return text[start:end], end
        if type(old) is dict and type(new) is dict and text[start] == "{":
            return self.object(start, old, new, indent)
        if type(old) is list and type(new) is list and len(old) == len(new) and text[start] == "[":
            return self.array(start, old, new, indent)
        end = self.skip(start)
        was_container = text[start] in "{["
        inline = "\n" not in text[start:end] and end - start > 2 if was_container else None
        return self.layout.written(new, indent, inline=inline), end

    def array(self, start: int, old: list[Json], new: list[Json], indent: str) -> tuple[str, int]:
        """A list of the same length: entry by entry, so that its layout stays."""
        pieces = ["["]
        at = start + 1
        for index, entry in enumerate(new):
            begin = self.blank(at)
            pieces.append(self.text[at:begin])
            written, end = self.value(begin, old[index], entry, self.indent_at(begin, indent))
            at = self.blank(end)
            if self.text[at : at + 1] == ",":
                at += 1
            pieces += [written, self.text[end:at]]
        end = self.blank(at)
        if self.text[end] != "]":
            raise ValueError(f"a list ends elsewhere, at {end}")
        return "".join(pieces) + self.text[at : end + 1], end + 1

    def object(self, start: int, old: dict[str, Json], new: dict[str, Json], indent: str) -> tuple[str, int]:
        text = self.text
        at = start + 1
        members: dict[str, _Member] = {}
        order: list[str] = []
        renamed = _renamed(old, new)
        ended = True
        while True:
            begin = self.blank(at)
            if text[begin] == "}":
                break
            lead = text[at:begin]
            name, key_end = self.key(begin)
            colon = self.blank(key_end)
            if text[colon] != ":":
                raise ValueError(f"no colon at {colon}")
            value_start = self.blank(colon + 1)
            key = text[begin:key_end]
            was = name
            if name in renamed:
                name = renamed[name]
                key = self.layout.key(name)
            if name in new and was in old:
                written, end = self.value(value_start, old[was], new[name], self.indent_at(begin, indent))
            else:
                written, end = "", self.skip(value_start)
            at = self.blank(end)
            trail, after = text[end:at], ""
            ended = text[at] != ","
            if not ended:
                at += 1
                if match := _REST_OF_LINE.match(text, at):
                    after, at = match.group(), match.end()
            else:
                trail, at = self.line_comment(end, at)
            members[name] = _Member(lead, key + text[key_end:value_start] + written, trail, after)
            order = [known for known in order if known != name] + [name]
        return self.joined(members, order, new, text[at : begin + 1], indent, not ended), begin + 1

    def line_comment(self, end: int, at: int) -> tuple[str, int]:
        """Behind the last value: a comment on its line belongs to it, the rest to the end of the object."""
        match = _REST_OF_LINE.match(self.text, end)
        cut = match.end() if match else end
        return self.text[end:cut], min(cut, at)

    def joined(
        self, members: dict[str, _Member], order: list[str], new: dict[str, Json], tail: str, indent: str, comma: bool
    ) -> str:
        """The members of *new* with their old texts where they have one."""
        if not new:
            return "{" + tail.lstrip() if not tail.strip(" \t\r\n}") else "{" + tail
        if not members:
            return self.layout.written(new, indent, inline="\n" not in self.text.strip())
        first, others = self.leads(members, order, indent)
        pieces = ["{"]
        last = len(new) - 1
        for index, (name, value) in enumerate(new.items()):
            lead = first if index == 0 else others
            member = members.get(name)
            if member is None:
                inner = lead.rpartition("\n")[2] if "\n" in lead else indent
                text = self.layout.member(name, value, inner, inline=None if "\n" in lead else True)
                member = _Member(lead, text, "", "")
            elif (index == 0) != (name == order[0]) and not member.lead.strip():
                member = member._replace(lead=lead)
            ending = "," if index < last or comma else ""
            pieces += [member.lead, member.text, member.trail, ending, member.after]
        return "".join(pieces) + tail

    def leads(self, members: dict[str, _Member], order: list[str], indent: str) -> tuple[str, str]:
        """The white space before the first member and before each other one."""
        leads = [members[name].lead for name in order]
        first = leads[0] if not leads[0].strip() else self.layout.newline + indent + self.layout.indent
        plain = [lead for lead in leads[1:] if not lead.strip()]
        if plain:
            # A blank line between two groups is no rule for new members.
            others = min(plain, key=lambda lead: lead.count("\n"))
        else:
            others = first if "\n" in first else self.layout.space
        if "\n" in first:
            first = self.layout.newline + first.rpartition("\n")[2]
        return first, others

    def key(self, at: int) -> tuple[str, int]:
        match = _KEY.match(self.text, at)
        if match is None:
            raise ValueError(f"no key at {at}")
        written = match.group()
        if "\\" in written:
            from .json_scanner import scan

            return scan(written, json5=True).value, match.end()
        return (written[1:-1] if written[0] in "\"'" else written), match.end()

    def indent_at(self, at: int, otherwise: str) -> str:
        """The white space that begins the line of *at*, when nothing else stands before it."""
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return line if not line.strip() else otherwise


def _renamed(old: dict[str, Json], new: dict[str, Json]) -> dict[str, str]:
    """Members that have another name at the same place: their comments go along."""
    if len(old) != len(new) or old.keys() == new.keys():
        return {}
    pairs = {was: name for was, name in zip(old, new, strict=True) if was != name}
    return {} if any(was in new or name in old for was, name in pairs.items()) else pairs


def _differs(old: Json, new: Json) -> bool:
    """Whether two values would be written differently; the order of members counts."""
    kind = type(old)
    if kind is not type(new):
        return True
    if kind is dict:
        return len(old) != len(new) or any(
            name != other or (part is not there and _differs(part, there))
            for (name, part), (other, there) in zip(old.items(), new.items(), strict=True)
        )
    if kind is list:
        return len(old) != len(new) or any(map(_differs, old, new))
    return bool(old != new)
