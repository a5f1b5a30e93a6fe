"""Configuration and token documents -> files, for each permutation of themes where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.output import OutputFile

from .action import Copy
from .config import Config
from .format import FormatError
from .run import Assets, BuildError, BuildResult, run
from .tokens import SourceDocument


def build(
    config: Config,
    sources: Sequence[SourceDocument],
    *,
    platforms: Sequence[str] | None = None,
    read_asset: Callable[[str], bytes] | None = None,
    working_directory: str = "",
) -> BuildResult:
    """The files of *platforms*, or of all.

    Args:
        config: From :func:`~translators.style_dictionary.load_config`.
        sources: The documents that ``include`` matches, then those that ``source`` matches, in the order of
            the patterns, sorted by path within each.
        platforms: Names of platforms; without any, all.
        read_asset: Gives the bytes of a file that a token names (transform ``asset/base64`` only); may raise
            :class:`OSError`.
        working_directory: What ``asset/path`` puts before paths.

    Raises:
        ConfigError: Names that nothing is registered under, platforms that cannot be built.
        BuildError: Broken or circular references, and warnings where the configuration makes them errors.
        FormatError: What a format cannot write.
    """
    assets = Assets(read_asset, working_directory)
    if not config.has_themes:
        return run(config, sources, platforms, assets)
    from .theming import add_file, themed

    files: dict[str, OutputFile] = {}
    copies: dict[Copy, None] = {}
    found: dict[Diagnostic, None] = {}
    for theme in themed(config, sources):
        try:
            result = run(theme.config, theme.documents, platforms, assets, layered=True)
        except (BuildError, FormatError) as error:
            found.update(dict.fromkeys(error.diagnostics))
            continue
        found.update(dict.fromkeys(result.diagnostics))
        copies.update(dict.fromkeys(result.actions))
        for file in result.files:
            add_file(files, file)
    if has_errors(found):
        raise BuildError(*found)
    return BuildResult(tuple(files.values()), tuple(copies), tuple(found))
