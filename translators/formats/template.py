"""A Jinja template of the user's own: ``[platform.x] template = "my.css.j2"``."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..registry import formats
from ..rendering import Rendering
from ..template_context import context
from ..templating import render_own


@formats.register("template")
def template(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``template``: what the template prints, in one file."""
    platform = rendering.platform
    assert platform.template is not None, "a configuration has a template, or names a format"
    yield OutputFile(platform.out, render_own(platform.template, **context(rendering)))
