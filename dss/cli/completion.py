"""``dss completion``: the script that teaches a shell to complete dss's commands and options."""

from __future__ import annotations

import click

from .output import emit_text


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    bash:  eval "$(dss completion bash)"      in ~/.bashrc
    zsh:   eval "$(dss completion zsh)"       in ~/.zshrc
    fish:  dss completion fish | source       in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from .main import COMPLETION_VARIABLE, cli

    completion = get_completion_class(shell)
    assert completion is not None
    emit_text(completion(cli, {}, "dss", COMPLETION_VARIABLE).source())
