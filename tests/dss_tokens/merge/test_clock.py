"""Order in time: stamps that never go back, and warnings where clocks disagree."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.merge.clock import (
    MAX_COUNTER,
    REFUSE_MS,
    ClockSkewError,
    HybridClock,
    LogicalClock,
    Stamp,
    StampError,
    TimestampConflictResolver,
    newest,
    parse_stamp,
)

STAMPS = st.builds(Stamp, st.integers(0, 9_999_999_999_999), st.integers(0, MAX_COUNTER), st.integers(0, 2**64 - 1))


@given(STAMPS, STAMPS)
def test_stamps_sort_as_text_as_they_are_ordered(one, other):
    assert parse_stamp(str(one)) == one
    assert (str(one) < str(other)) == (one < other)


@pytest.mark.parametrize(
    "text", ["", "1-2-3", "1790000000000-0000-0123456789abcdeF", "1790000000000-0000-0123456789abcde\n"]
)
def test_what_is_no_stamp_is_refused(text):
    with pytest.raises(StampError, match="DSS692"):
        parse_stamp(text)


@given(st.lists(st.tuples(st.integers(-100, 100), st.none() | st.integers(0, 10_000)), min_size=1))
def test_a_clock_never_gives_a_smaller_stamp(events):
    now = 1_000_000
    clock = HybridClock(lambda: now, node=1)
    last = clock.last
    for step, ahead in events:
        now += step
        stamp = clock.tick() if ahead is None else clock.receive(Stamp(now + ahead, 3, 2))
        assert stamp > last and (ahead is None or stamp > Stamp(now + ahead, 3, 2))
        last = stamp


def test_a_standing_clock_counts_and_then_adds_a_millisecond():
    clock = HybridClock(lambda: 5, node=1)
    stamps = [clock.tick() for _ in range(100_000)]
    assert stamps == sorted(set(stamps))
    assert stamps[MAX_COUNTER + 1] == Stamp(6, 0, 1)


def test_a_stamp_a_day_ahead_is_taken_and_one_beyond_is_refused_and_changes_nothing():
    clock = HybridClock(lambda: 0, node=1)
    clock.receive(Stamp(REFUSE_MS, 0, 2))
    before = clock.last
    with pytest.raises(ClockSkewError) as refused:
        clock.receive(Stamp(REFUSE_MS + 1, 0, 2))
    assert refused.value.exit_status == 4 and clock.last == before
    assert clock.receive(Stamp(REFUSE_MS + 1, 0, 2), accept_skew=True) > Stamp(REFUSE_MS + 1, 0, 2)


def test_a_logical_clock_needs_no_time():
    clock = LogicalClock(node=7)
    assert [clock.tick(), clock.receive(Stamp(0, 9, 1)), clock.tick()] == [
        Stamp(0, 1, 7),
        Stamp(0, 10, 7),
        Stamp(0, 11, 7),
    ]


@given(STAMPS | st.none(), STAMPS | st.none(), st.text("abc", max_size=2), st.text("abc", max_size=2))
def test_both_replicas_choose_the_same(local, remote, mine, others):
    one = newest(local, remote, revisions=(mine, others)).winner
    other = newest(remote, local, revisions=(others, mine)).winner
    if (local, mine) != (remote, others):
        assert one != other or (local == remote and mine == others)


NOON = datetime(2025, 1, 1, 12)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("local", "remote", "winner", "warns"),
    [
        pytest.param(datetime(2025, 1, 1), datetime(2025, 1, 2), "remote", True, id="a-day"),
        pytest.param(NOON, NOON - HOUR, "local", False, id="exactly-an-hour"),
        pytest.param(NOON, NOON - HOUR - timedelta(microseconds=1), "local", True, id="just-beyond"),
        pytest.param(NOON, NOON + HOUR + timedelta(microseconds=1), "remote", True, id="just-beyond-ahead"),
        pytest.param(NOON, NOON.replace(tzinfo=UTC), "local", False, id="naive-is-utc"),
        pytest.param(NOON, datetime(2025, 1, 1, 14, tzinfo=timezone(2 * HOUR)), "local", False, id="one-instant"),
        pytest.param(None, NOON, "remote", True, id="local-unknown"),
        pytest.param(NOON, None, "local", True, id="remote-unknown"),
    ],
)
def test_two_moments(local, remote, winner, warns):
    found, warning = TimestampConflictResolver().resolve_conflict(local, remote)
    assert (found, warning is not None) == (winner, warns)


def test_equal_moments_are_decided_by_content():
    resolve = TimestampConflictResolver().resolve_conflict
    assert resolve(NOON, NOON, local_revision="a", remote_revision="b")[0] == "remote"
    assert resolve(NOON, NOON, local_revision="b", remote_revision="a")[0] == "local"
    assert resolve(None, None, local_revision="a", remote_revision="b")[0] == "remote"


def test_the_warning_says_how_far_and_which_way():
    _, warning = TimestampConflictResolver().resolve_conflict(NOON, NOON + 3 * HOUR)
    assert warning == "the remote time is 3 hours ahead of the local one"
