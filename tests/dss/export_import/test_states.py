"""Which states two sides have in common."""

from __future__ import annotations

import pytest

from dss.export_import.state_store import KnownState
from dss.export_import.states import common_states


@pytest.mark.parametrize(
    ("graph", "local", "remote", "want"),
    [
        pytest.param({"a": "", "b": "a", "c": "b", "d": "b"}, "c", "d", "b", id="newest"),
        pytest.param({"a": "", "b": "a"}, "b", "a", "a", id="one-comes-from-the-other"),
        pytest.param({"a": "", "b": ""}, "a", "b", "", id="strangers"),
        pytest.param({"a": "", "b": "a", "c": "a", "d": "bc", "e": "bc"}, "d", "e", "cb", id="crosswise"),
        pytest.param({"a": "z", "z": "a", "c": "a"}, "c", "a", "a", id="a-state-came-back"),
        pytest.param({"a": "z", "z": "a", "c": "z"}, "c", "z", "z", id="the-other-one-came-back"),
        pytest.param({"a": "z", "z": "a", "c": "a", "d": "a"}, "c", "d", "a", id="both-from-one-of-a-ring"),
        pytest.param({"a": "z", "z": "a", "y": "", "c": "ay", "d": "ay"}, "c", "d", "ya", id="a-ring-and-another-one"),
    ],
)
def test_what_both_sides_know(graph: dict[str, str], local: str, remote: str, want: str) -> None:
    known = {
        name: KnownState(name, number, "", tuple(parents), has_content=True)
        for number, (name, parents) in enumerate(graph.items())
    }
    assert common_states(local, remote, known.get) == list(want)
    assert common_states(remote, local, known.get) == list(want), "whoever asks"
