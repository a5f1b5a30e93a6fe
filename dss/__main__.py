"""``python -m dss`` and the ``dss`` command: nothing but the way in."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line in this process and leave with its status (contract, section 2)."""
    # A command builds one big table of tokens and ends: cycles are rare, yet each collection walks the whole
    # table again (a quarter of the time at 100,000 tokens). What runs for long (serve, worker, --watch) turns
    # it on again with gc.enable().
    gc.disable()
    try:
        from .cli.main import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # while importing: later ones are caught inside, with their message
        status = 130
    except ImportError as error:  # without our own modules there is no nicer way to say it
        sys.stderr.write(f"error: the installation is broken: {error}\n")
        sys.stderr.write("  = help: pip install --force-reinstall dss-design-tokens\n")
        status = 1
    gc.freeze()  # else the interpreter walks all objects once more on its way out
    sys.exit(status)


if __name__ == "__main__":
    main()
