"""Names of many tokens at once are those of each alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dss_tokens.model import Source, Token
from dss_tokens.naming import kebab_name, kebab_names

NAMES = st.one_of(
    st.from_regex(r"[a-z0-9-]{1,4}", fullmatch=True),
    st.sampled_from(["fontSize", "$root", "é", "2XL", "-", "--", "a-", "-a", "ABTest", "a b", "💡", "\n", "a\nb"]),
)
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map(".".join), unique=True, max_size=8)


def token(path):
    return Token(path, path.rpartition(".")[0], {"$value": 1}, Source("a.json"))


@given(PATHS, st.sampled_from(["", "ds", "myApp", "-"]))
@example(["color.brand-500", "color.text.1", "size.x"], "")
@example(["color.brand-500", "color.text-"], "ds")
def test_each_name_is_spelled_as_alone(paths, prefix):
    names = kebab_names([token(path) for path in paths], prefix)
    lead = f"{kebab_name(prefix)}-" if prefix else ""
    alone = {path: lead + kebab_name(path) for path in paths if path.rpartition(".")[2] != "$root"}
    assert {path: name for path, name in names.items() if path in alone} == alone
    assert list(names) == paths


@pytest.mark.parametrize(
    ("path", "prefix", "name"),
    [("a.$root", "", "a"), ("a.$root", "p", "p-a"), ("$root", "p", "p"), ("$root", "", "root")],
)
def test_the_base_token_of_a_group_has_the_name_of_the_group(path, prefix, name):
    assert kebab_names([token(path)], prefix) == {path: name}
