"""What the page about two versions says; what counts as a change is tested with :mod:`dss_tokens.diff`."""

from dss_tokens.diff.records import Diff, Pair, TokenChange
from storybook_gen.changes import changes_of


def text(type, value):
    return f"{type}({value})"


def test_values_are_texts_and_the_default_context_has_no_name():
    change = TokenChange(
        kind="changed", path="a", type="number", values={"default": Pair(1, 2), "theme=dark": Pair(None, 3)}
    )
    (found,) = changes_of("v1", Diff(changes=(change,)), text).changes
    assert found.values == (("", "number(1)", "number(2)"), ("theme=dark", None, "number(3)"))


def test_the_old_value_is_written_by_the_old_type():
    change = TokenChange(
        kind="retyped", path="a", type="number", types=Pair("dimension", "number"), values={"default": Pair(1, 2)},
        reasons=("another type",),
    )  # fmt: skip
    (found,) = changes_of("v1", Diff(changes=(change,)), text).changes
    assert found.values == (("", "dimension(1)", "number(2)"),)
    assert found.types == ("dimension", "number") and found.reasons == ("another type",)


def test_step_and_contexts_are_told():
    found = changes_of("v1", Diff(changes=(), contexts_added=("theme=dim",), contexts_removed=("theme=dark",)), text)
    assert (found.since, found.step) == ("v1", "major")
    assert (found.contexts_added, found.contexts_removed) == (("theme=dim",), ("theme=dark",))
