"""Strangers under our names are recognised before any of their code runs (DSS901)."""

import importlib.util
import sys

import pytest

from dss.installation import PACKAGES, ForeignPackageError, foreign_packages, require


def test_our_own_packages_carry_the_mark():
    assert foreign_packages() == []
    require(*PACKAGES)


def spec_of(name, file):
    return importlib.util.spec_from_file_location(name, file)


@pytest.mark.parametrize("source", ["", "raise SystemExit('ran')", "__distribution__ = 'another'"])
def test_a_stranger_s_package_is_named_and_never_run(tmp_path, source):
    folder = tmp_path / "translators"
    folder.mkdir()
    file = folder / "__init__.py"
    file.write_text(source)
    (found,) = foreign_packages(
        ["translators"],
        find_spec=lambda name: spec_of(name, file),
        owners=lambda: {"translators": ["translators", "dss-design-tokens"]},
    )
    assert found.code == "DSS901"
    assert str(file) in found.message
    assert found.hint == ("pip uninstall translators, then pip install --force-reinstall dss-design-tokens")


def test_an_empty_folder_left_behind_is_a_stranger_too(tmp_path):
    spec = importlib.util.spec_from_loader("figma", loader=None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path / "figma")]
    (found,) = foreign_packages(["figma"], find_spec=lambda name: spec, owners=dict)
    assert str(tmp_path / "figma") in found.message
    assert "in an environment of its own" in found.hint


def test_a_missing_package_is_reported():
    (found,) = foreign_packages(["figma"], find_spec=lambda name: None, owners=dict)
    assert found.message == "the package 'figma' of dss is not there"


def test_require_raises_what_was_found(monkeypatch, tmp_path):
    (tmp_path / "storybook_gen.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "storybook_gen", raising=False)
    with pytest.raises(ForeignPackageError, match="DSS901"):
        require("figma", "storybook_gen")
