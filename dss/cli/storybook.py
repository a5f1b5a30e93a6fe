"""``dss storybook``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dss_tokens.diagnostics import has_errors

from .options import config_option, input_option, json_option, resolver_option, sources_argument, strict_option
from .output import conclude, note, progress, warn

if TYPE_CHECKING:
    from ..project import Project
    from ..service.stories import StoryPlan

FRAMEWORKS = ("html-vite", "web-components-vite", "react-vite")


@click.command("storybook")
@sources_argument
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where the Storybook stands.  [default: storybook, or what the configuration says]",
)  # fmt: skip
@config_option
@resolver_option
@input_option
@click.option("--stories-only", is_flag=True, help="Only stories, pages and data, for a Storybook that exists.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), default=FRAMEWORKS[0], show_default=True)
@click.option("--title", metavar="TEXT", help="What the tokens are called.  [default: the project's name]")
@click.option("--prefix", metavar="P", help="The prefix of the names in your CSS.  [default: as configured]")
@click.option(
    "--since", type=click.Path(exists=True, path_type=Path), metavar="FILE.dss|DIR",
    help="An older version: a page shows what changed.",
)  # fmt: skip
@click.option(
    "--components", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="A saved answer of GET files/:key/components or /component_sets; repeatable.",
)  # fmt: skip
@click.option("--build", is_flag=True, help="Install the pinned packages with npm and build.")
@click.option("--serve", is_flag=True, help="Serve the built pages to this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=6006, show_default=True, help="Of --serve.")
@strict_option
@json_option
def command(
    sources: tuple[str, ...], output: Path | None, config: Path | None, resolver: Path | None,
    inputs: dict[str, str], stories_only: bool, framework: str, title: str | None, prefix: str | None,
    since: Path | None, components: tuple[Path, ...], build: bool, serve: bool, port: int, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make a Storybook that shows every token, in every context.

    Generating needs no Node; --build does. Running it again updates what changed and removes what is stale;
    files that dss did not write are never touched.

    \b
    Examples:
      dss storybook tokens -o storybook
      dss storybook --build --serve
      dss storybook tokens -o src/tokens --stories-only
    """
    from .. import wiring
    from ..project import find_project, named_config
    from ..service import stories, storybook_build
    from ..service.resolving import resolve_all

    if build and stories_only:
        raise click.UsageError("--build builds a whole Storybook: leave out --stories-only")
    project = named_config(config) if config is not None else find_project()
    folder = output or _configured(project) or Path("storybook")
    with progress() as step:
        if serve and not build and not sources and resolver is None and (folder / storybook_build.BUILT).is_dir():
            _serve(folder / storybook_build.BUILT, port)
            return
        step("reading")
        reading = wiring.read(sources, resolver, project=project, strict=strict)
        step("resolving")
        permutations = resolve_all(reading, inputs, strict=strict)
        before = resolve_all(wiring.read_version(since), {}) if since is not None else None
        step("making stories")
        css, storybook = wiring.stylesheets(), wiring.storybook()
        foreign = not stories_only and stories.is_foreign_storybook(folder)
        wishes = stories.Wishes(
            title=title or _title(project),
            platform=stories.platform_for(css, project.config, prefix),
            framework=framework,
            stories_only=stories_only or foreign,
            figma_file=_figma_file(project),
            groups=stories.group_descriptions(reading),
            components=wiring.read_components([stories.answer(path) for path in components]) if components else (),
            since=None if since is None else since.name,
        )
        target = folder / storybook.FOLDER if foreign else folder
        made = stories.plan_stories(storybook, css, permutations, target, wishes, before)
        if not has_errors(made.diagnostics):
            step("writing")
            stories.apply_stories(made)
            if build and made.whole:
                warn(made.diagnostics if not as_json else ())
                made = made._replace(diagnostics=[] if not as_json else made.diagnostics)
                storybook_build.build(folder, _loud(step, as_json))
    _report(made, as_json=as_json, built=build)
    if serve and not has_errors(made.diagnostics):
        _serve(folder / storybook_build.BUILT, port)


def _configured(project: Project) -> Path | None:
    config = project.config
    return project.root / config.storybook.out if config is not None else None


def _title(project: Project) -> str:
    config = project.config
    name = None if config is None else config.storybook.title or config.project.name
    return name or "Design tokens"


def _figma_file(project: Project) -> str | None:
    import re

    named = project.config.figma.file if project.config is not None else None
    if not named:
        return None
    address = re.search(r"figma\.com/(?:design|file|board|proto)/(?:[^/?#]+/branch/)?([A-Za-z0-9]+)", named)
    if address:
        return address.group(1)
    return named if re.fullmatch(r"[A-Za-z0-9]+", named) else None


def _loud(step: Any, as_json: bool) -> Any:
    """npm takes long: what it does is said at once, not only after a second on a terminal."""

    def tell(text: str) -> None:
        step(text)
        if not as_json:
            note(text)

    return tell


def _report(made: StoryPlan, *, as_json: bool, built: bool) -> None:
    from .. import files

    changed = set(made.changed)
    document = {
        "folder": files.shown(made.folder),
        "files": [{"path": files.shown(path), "changed": path in changed} for path in made.files],
        "removed": [files.shown(path) for path in made.stale],
        "stories": made.ids,
    }
    conclude(made.diagnostics, document, as_json=as_json)
    if as_json:
        return
    written = f"{len(changed)} of {len(made.files)} files written"
    removed = f", {len(made.stale)} removed" if made.stale else ""
    note(f"{files.shown(made.folder)}: {len(made.ids)} stories and pages, {written}{removed}")
    if not made.whole:
        name = _from_settings(made.folder)
        note(f"add '{name}/**/*.mdx' and '{name}/**/*.stories.js' to the stories of your .storybook/main.js,")
        note(f"and the toolbar: import {{ annotations }} from '{name}/preview.js' in your preview.js")
    elif not built:
        note("build it with --build, or: npm ci && npm run build")


def _from_settings(folder: Path) -> str:
    """*folder* as the nearest ``.storybook`` above it has to name it."""
    from os.path import relpath

    from .. import files

    for parent in folder.absolute().parents:
        if (parent / ".storybook").is_dir():
            return Path(relpath(folder.absolute(), parent / ".storybook")).as_posix()
    return files.shown(folder)


def _serve(pages: Path, port: int) -> None:
    from contextlib import suppress

    from ..service.storybook_build import server

    with server(pages, port) as running:
        note(f"http://127.0.0.1:{running.server_address[1]}/  (stop with Ctrl-C)")
        with suppress(KeyboardInterrupt):
            running.serve_forever()
