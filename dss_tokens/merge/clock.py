"""Order in time between machines: hybrid logical clocks, logical clocks, and how far clocks may disagree.

A stamp is text that sorts as it is ordered: ``%013d-%04x-%016x`` (milliseconds since 1970, counter, node). Nothing here
reads a clock; the time is handed in. Source: S. S. Kulkarni et al., "Logical Physical Clocks" (HLC), 2014.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from ..diagnostics import Diagnostic
from ..errors import InputError, RefusedError

WARN_MS = 60 * 60 * 1000
"""Clocks that differ by more give a warning; exactly one hour does not."""

REFUSE_MS = 24 * WARN_MS
"""A stamp further in the future is refused: receiving it would drag every later stamp along."""

MAX_MS = 9_999_999_999_999
"""The year 2286: 13 digits."""

MAX_COUNTER = 0xFFFF

_TEXT = re.compile(r"([0-9]{13})-([0-9a-f]{4})-([0-9a-f]{16})")
_TEXT_LENGTH = 35


class StampError(InputError):
    """A text that is no stamp, or a time without a meaning."""


class ClockSkewError(RefusedError):
    """A stamp lies more than a day in the future."""


class Stamp(NamedTuple):
    """One moment. Compares as it is ordered: time, counter, node."""

    ms: int
    counter: int
    node: int

    def __str__(self) -> str:
        return f"{self.ms:013d}-{self.counter:04x}-{self.node:016x}"


def parse_stamp(text: str) -> Stamp:
    """The stamp written as *text*.

    Raises:
        StampError: It is none.
    """
    match = _TEXT.fullmatch(text) if len(text) == _TEXT_LENGTH else None
    if match is None:
        raise StampError(_invalid(f'"{text[:60]}" is no stamp of the form 1790000000000-0000-0123456789abcdef'))
    return Stamp(int(match[1]), int(match[2], 16), int(match[3], 16))


class HybridClock:
    """Gives stamps that never go back, whatever the machine's clock does.

    ``last`` must be stored in the same transaction as what was stamped.
    """

    def __init__(self, now: Callable[[], int], *, node: int, last: Stamp | None = None) -> None:
        """Args:
        now: Milliseconds since 1970.
        node: 64 bits, random for each installation.
        last: The newest stamp given or received so far.
        """
        self.now = now
        self.node = node
        self.last = last or Stamp(0, 0, node)

    def tick(self) -> Stamp:
        """The stamp of a local event."""
        return self._advance(max(self.now(), self.last.ms), self.last)

    def receive(self, remote: Stamp, *, accept_skew: bool = False) -> Stamp:
        """The stamp of having seen *remote*; later than it and than everything before.

        Raises:
            ClockSkewError: *remote* lies more than a day ahead of this machine's clock.
        """
        now = self.now()
        if remote.ms - now > REFUSE_MS and not accept_skew:
            raise ClockSkewError(future_stamp(remote, now))
        newest = max(remote, self.last)
        return self._advance(max(now, newest.ms), newest)

    def _advance(self, ms: int, newest: Stamp) -> Stamp:
        counter = newest.counter + 1 if ms == newest.ms else 0
        if counter > MAX_COUNTER:  # wrapping would give a smaller stamp
            ms, counter = ms + 1, 0
        if ms > MAX_MS:
            raise StampError(_invalid("the clock stands beyond the year 2286"))
        self.last = Stamp(ms, counter, self.node)
        return self.last


class LogicalClock(HybridClock):
    """A Lamport counter: the same stamps without any wall clock. Counts to 65,535 at ms 0, then into ms."""

    def __init__(self, *, node: int, last: Stamp | None = None) -> None:
        super().__init__(lambda: 0, node=node, last=last)

    def receive(self, remote: Stamp, *, accept_skew: bool = True) -> Stamp:
        """As for the hybrid clock; there is no wall clock to be ahead of."""
        return super().receive(remote, accept_skew=True)


class Choice(NamedTuple):
    """Which of two sides is newer."""

    winner: Literal["local", "remote"]
    warning: str | None = None
    """Why that may be wrong, in words."""


def newest(local: Stamp | None, remote: Stamp | None, *, revisions: tuple[str, str] = ("", "")) -> Choice:
    """The newer of two stamps.

    Never "local on a tie": two replicas that merge each other must choose the same.

    Args:
        local: ``None`` where no time is known.
        remote: Likewise.
        revisions: Digests of the two contents, which decide where time does not.
    """
    by_content: Literal["local", "remote"] = "remote" if revisions[1] > revisions[0] else "local"
    if local is None and remote is None:
        return Choice(by_content, "neither side says when it was changed; the choice was made by content")
    if local is None or remote is None:
        side: Literal["local", "remote"] = "remote" if local is None else "local"
        other = "local" if local is None else "remote"
        return Choice(side, f"the {other} side does not say when it was changed; the {side} one was taken")
    warning = skew_warning(remote.ms - local.ms)
    if local == remote:
        return Choice(by_content, warning)
    return Choice("local" if local > remote else "remote", warning)


def skew_warning(ms: int) -> str | None:
    """What to say of two clocks, the remote one *ms* ahead; ``None`` up to an hour."""
    if abs(ms) <= WARN_MS:
        return None
    return f"the remote time is {_duration(abs(ms))} {'ahead of' if ms > 0 else 'behind'} the local one"


def future_stamp(stamp: Stamp, now: int) -> Diagnostic:
    """Why *stamp* is refused."""
    return Diagnostic(
        code="DSS692",
        message=f"a stamp lies {_duration(stamp.ms - now)} in the future of this machine's clock",
        hint="set the clock that is wrong; --accept-skew takes it as it is",
    )


def instant(moment: datetime) -> int:
    """Milliseconds since 1970 of *moment*; a naive one counts as UTC. Finer parts are cut."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    elapsed = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (elapsed.days * 86_400 + elapsed.seconds) * 1000 + elapsed.microseconds // 1000


class TimestampConflictResolver:
    """Last writer wins between two moments, with a warning where the clocks disagree by more than an hour."""

    def resolve_conflict(
        self, local: datetime | None, remote: datetime | None, *, local_revision: str = "", remote_revision: str = ""
    ) -> tuple[Literal["local", "remote"], str | None]:
        """Which side wins, and a warning or ``None``.

        Args:
            local: When the local side was changed; naive counts as UTC, ``None`` is unknown.
            remote: Likewise.
            local_revision: Digest of the content, which decides between equal moments.
            remote_revision: Likewise.
        """
        stamps = [None if moment is None else Stamp(_micros(moment), 0, 0) for moment in (local, remote)]
        choice = newest(*stamps, revisions=(local_revision, remote_revision))
        if local is None or remote is None:
            return choice
        return choice.winner, skew_warning_of(local, remote)


def skew_warning_of(local: datetime, remote: datetime) -> str | None:
    """:func:`skew_warning` of two moments, to the microsecond."""
    micros = _micros(remote) - _micros(local)
    return skew_warning(micros // 1000 if micros < 0 else -(-micros // 1000))


def _micros(moment: datetime) -> int:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    elapsed = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds


def _duration(ms: int) -> str:
    seconds = ms // 1000
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds / size
            shown = f"{count:.0f}" if count >= 10 or count == int(count) else f"{count:.1f}"
            return f"{shown} {unit}{'' if shown == '1' else 's'}"
    return f"{seconds} seconds"


def _invalid(message: str) -> Diagnostic:
    return Diagnostic(code="DSS692", message=message)
