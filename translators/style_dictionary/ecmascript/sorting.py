"""``Array.prototype.sort`` of V8, comparison by comparison.

Style Dictionary sorts by a comparator that is no order (*a* before *b*, *b* like *c*, *c* like *a*), so
its output depends on which pairs the engine happens to compare. This is TimSort as V8 runs it;
``list.sort`` is a close relative that merges runs in another sequence and changes between versions.

Source: T. Peters, "listsort.txt"; ECMA-262 leaves the sequence of comparisons to the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
Compare = Callable[[T, T], int]

_MIN_GALLOP = 7


def sorted_by(items: Iterable[T], compare: Compare[T]) -> list[T]:
    """A new list of *items*, sorted stably by *compare* (negative: first argument first)."""
    return _Sort(list(items), compare).run()


class _Sort(Generic[T]):
    def __init__(self, work: list[T], compare: Compare[T]) -> None:
        self.work = work
        self.compare = compare
        self.runs: list[tuple[int, int]] = []
        self.min_gallop = _MIN_GALLOP

    def run(self) -> list[T]:
        low, remaining = 0, len(self.work)
        if remaining < 2:
            return self.work
        min_run = _min_run(remaining)
        while remaining:
            length = self.count_run(low, low + remaining)
            if length < min_run:
                forced = min(min_run, remaining)
                self.insert(low, low + length, low + forced)
                length = forced
            self.runs.append((low, length))
            self.collapse()
            low += length
            remaining -= length
        while len(self.runs) > 1:
            at = len(self.runs) - 2
            self.merge_at(at - 1 if at > 0 and self.length(at - 1) < self.length(at + 1) else at)
        return self.work

    def length(self, run: int) -> int:
        return self.runs[run][1]

    def count_run(self, start: int, end: int) -> int:
        """The length of the run at *start*; a descending one is turned round."""
        work, compare = self.work, self.compare
        if start + 1 == end:
            return 1
        descending = compare(work[start + 1], work[start]) < 0
        at = start + 2
        while at < end and (compare(work[at], work[at - 1]) < 0) is descending:
            at += 1
        if descending:
            work[start:at] = work[start:at][::-1]
        return at - start

    def insert(self, low: int, start: int, end: int) -> None:
        """Sort ``work[low:end]``, of which ``work[low:start]`` is a run, by binary insertion."""
        work, compare = self.work, self.compare
        for at in range(max(start, low + 1), end):
            pivot = work[at]
            left, right = low, at
            while left < right:
                middle = (left + right) >> 1
                if compare(pivot, work[middle]) < 0:
                    right = middle
                else:
                    left = middle + 1
            if left != at:
                del work[at]
                work.insert(left, pivot)

    def collapse(self) -> None:
        """Merge until the lengths of the pending runs fall off fast enough."""
        while len(self.runs) > 1:
            at = len(self.runs) - 2
            if not (self.falls_off(at + 1) and self.falls_off(at)):
                self.merge_at(at - 1 if self.length(at - 1) < self.length(at + 1) else at)
            elif self.length(at) <= self.length(at + 1):
                self.merge_at(at)
            else:
                break

    def falls_off(self, run: int) -> bool:
        return run < 2 or self.length(run - 2) > self.length(run - 1) + self.length(run)

    def merge_at(self, run: int) -> None:
        work = self.work
        (base_a, length_a), (base_b, length_b) = self.runs[run : run + 2]
        self.runs[run : run + 2] = [(base_a, length_a + length_b)]
        skip = self.gallop_right(work, work[base_b], base_a, length_a, 0)
        base_a += skip
        length_a -= skip
        if not length_a:
            return
        length_b = self.gallop_left(work, work[base_a + length_a - 1], base_b, length_b, length_b - 1)
        if not length_b:
            return
        if length_a <= length_b:
            self.merge_low(base_a, length_a, base_b, length_b)
        else:
            self.merge_high(base_a, length_a, base_b, length_b)

    def gallop_left(self, array: list[T], key: T, base: int, length: int, hint: int) -> int:
        """Where *key* belongs in a run, left of all equals."""
        compare, start = self.compare, base + hint
        last, offset = 0, 1
        if compare(array[start], key) < 0:
            limit = length - hint
            while offset < limit and compare(array[start + offset], key) < 0:
                last, offset = offset, (offset << 1) + 1
            last, offset = last + hint, min(offset, limit) + hint
        else:
            limit = hint + 1
            while offset < limit and compare(array[start - offset], key) >= 0:
                last, offset = offset, (offset << 1) + 1
            last, offset = hint - min(offset, limit), hint - last
        last += 1
        while last < offset:
            middle = (last + offset) >> 1
            if compare(array[base + middle], key) < 0:
                last = middle + 1
            else:
                offset = middle
        return offset

    def gallop_right(self, array: list[T], key: T, base: int, length: int, hint: int) -> int:
        """Where *key* belongs in a run, right of all equals."""
        compare, start = self.compare, base + hint
        last, offset = 0, 1
        if compare(key, array[start]) < 0:
            limit = hint + 1
            while offset < limit and compare(key, array[start - offset]) < 0:
                last, offset = offset, (offset << 1) + 1
            last, offset = hint - min(offset, limit), hint - last
        else:
            limit = length - hint
            while offset < limit and compare(key, array[start + offset]) >= 0:
                last, offset = offset, (offset << 1) + 1
            last, offset = last + hint, min(offset, limit) + hint
        last += 1
        while last < offset:
            middle = (last + offset) >> 1
            if compare(key, array[base + middle]) < 0:
                offset = middle
            else:
                last = middle + 1
        return offset

    def merge_low(self, base_a: int, length_a: int, base_b: int, length_b: int) -> None:
        """Merge two adjacent runs from the left; *a* is the shorter one."""
        work, compare = self.work, self.compare
        temp = work[base_a : base_a + length_a]
        a, b, to, end_b = 0, base_b, base_a, base_b + length_b
        end_a = length_a

        def take_b(count: int) -> None:
            nonlocal b, to
            work[to : to + count] = work[b : b + count]
            b += count
            to += count

        def take_a(count: int) -> None:
            nonlocal a, to
            work[to : to + count] = temp[a : a + count]
            a += count
            to += count

        take_b(1)
        while True:
            wins_a = wins_b = 0
            while b < end_b and end_a - a > 1 and max(wins_a, wins_b) < self.min_gallop:
                if compare(work[b], temp[a]) < 0:
                    take_b(1)
                    wins_a, wins_b = 0, wins_b + 1
                else:
                    take_a(1)
                    wins_a, wins_b = wins_a + 1, 0
            if b == end_b or end_a - a <= 1:
                break
            self.min_gallop += 1
            first = True
            while first or wins_a >= _MIN_GALLOP or wins_b >= _MIN_GALLOP:
                first = False
                self.min_gallop = max(1, self.min_gallop - 1)
                wins_a = self.gallop_right(temp, work[b], a, end_a - a, 0)
                take_a(wins_a)
                if wins_a and end_a - a <= 1:
                    break
                take_b(1)
                if b == end_b:
                    break
                wins_b = self.gallop_left(work, temp[a], b, end_b - b, 0)
                take_b(wins_b)
                if b == end_b:
                    break
                take_a(1)
                if end_a - a == 1:
                    break
            if b == end_b or end_a - a <= 1:
                break
            self.min_gallop += 1
        if end_a - a == 1:
            take_b(end_b - b)  # the last element of a belongs at the end
        take_a(end_a - a)

    def merge_high(self, base_a: int, length_a: int, base_b: int, length_b: int) -> None:
        """Merge two adjacent runs from the right; *b* is the shorter one."""
        work, compare = self.work, self.compare
        temp = work[base_b : base_b + length_b]
        end_a, end_b, to = base_a + length_a, length_b, base_b + length_b

        def take_a(count: int) -> None:
            nonlocal end_a, to
            work[to - count : to] = work[end_a - count : end_a]
            end_a -= count
            to -= count

        def take_b(count: int) -> None:
            nonlocal end_b, to
            work[to - count : to] = temp[end_b - count : end_b]
            end_b -= count
            to -= count

        take_a(1)
        while True:
            wins_a = wins_b = 0
            while end_a > base_a and end_b > 1 and max(wins_a, wins_b) < self.min_gallop:
                if compare(temp[end_b - 1], work[end_a - 1]) < 0:
                    take_a(1)
                    wins_a, wins_b = wins_a + 1, 0
                else:
                    take_b(1)
                    wins_a, wins_b = 0, wins_b + 1
            if end_a == base_a or end_b <= 1:
                break
            self.min_gallop += 1
            first = True
            while first or wins_a >= _MIN_GALLOP or wins_b >= _MIN_GALLOP:
                first = False
                self.min_gallop = max(1, self.min_gallop - 1)
                left = end_a - base_a
                wins_a = left - self.gallop_right(work, temp[end_b - 1], base_a, left, left - 1)
                take_a(wins_a)
                if end_a == base_a:
                    break
                take_b(1)
                if end_b == 1:
                    break
                wins_b = end_b - self.gallop_left(temp, work[end_a - 1], 0, end_b, end_b - 1)
                take_b(wins_b)
                if wins_b and end_b <= 1:
                    break
                take_a(1)
                if end_a == base_a:
                    break
            if end_a == base_a or end_b <= 1:
                break
            self.min_gallop += 1
        if end_b == 1:
            take_a(end_a - base_a)  # the first element of b belongs at the start
        take_b(end_b)


def _min_run(length: int) -> int:
    rest = 0
    while length >= 64:
        rest |= length & 1
        length >>= 1
    return length + rest
