"""How long to wait for Figma, and when to stop: never for hours without a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """The limits of waiting, in seconds."""

    retries: int = 3
    """Further attempts after the first."""

    longest_wait: float = 300.0
    """The longest single wait that Figma may ask for; beyond it the request fails and says so."""

    budget: float = 600.0
    """All waits of one client together."""

    first_wait: float = 1.0
    """The wait before the second attempt where Figma names none; it doubles."""

    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    """Without a byte. Big files take Figma half a minute."""

    body_timeout: float = 300.0
    """From the first byte of an answer to its last."""


class Wait(NamedTuple):
    """A pause before the next attempt: for whoever shows progress."""

    seconds: float
    reason: str
    attempt: int
    """The attempt that follows, counted from 2."""


class Waiting:
    """Counts attempts and waits against a :class:`Patience`."""

    __slots__ = ("_patience", "_random", "_sleep", "_spent", "_tell")

    def __init__(
        self,
        patience: Patience,
        sleep: Callable[[float], None],
        random: Callable[[], float],
        tell: Callable[[Wait], None] | None,
    ) -> None:
        self._patience, self._sleep, self._random, self._tell = patience, sleep, random, tell
        self._spent = 0.0

    def pause(self, attempt: int, asked: float | None, reason: str) -> bool:
        """Wait before the attempt after *attempt* (from 1); ``False``, without waiting, where the limits forbid it.

        Args:
            attempt: The attempt that failed.
            asked: Seconds that Figma asked for; jitter is added, never taken away.
            reason: Why, for whoever shows progress.
        """
        limits = self._patience
        if attempt > limits.retries:
            return False
        if asked is None:
            seconds = limits.first_wait * 2 ** (attempt - 1) * (0.5 + self._random() / 2)
        else:
            seconds = asked + self._random()
        if (asked or 0) > limits.longest_wait or self._spent + seconds > limits.budget:
            return False
        self._spent += seconds
        if self._tell is not None:
            self._tell(Wait(seconds, reason, attempt + 1))
        self._sleep(seconds)
        return True


def human(seconds: float) -> str:
    """*seconds* as people say it: ``17 s``, ``5 min``, ``4.6 days``."""
    for unit, size in (("days", 86400), ("hours", 3600), ("min", 60)):
        if seconds >= size * (2 if unit != "min" else 1.5):
            amount = f"{seconds / size:.1f}".removesuffix(".0")
            return f"{amount} {unit}"
    return f"{round(seconds)} s"
