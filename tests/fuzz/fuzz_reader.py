"""Fuzz the reader of archives with atheris (extra ``fuzz``).

    python tests/fuzz/fuzz_reader.py DOOR [CORPUS FOLDER] -runs=10000000 -max_len=2048

``DOOR`` is one of those in ``targets.py``; the rest are arguments of libFuzzer. A finding ends the run with a traceback
and a file ``crash-…`` that holds the input: fix it, and make the input a seed.
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
with atheris.instrument_imports(include=["dss.export_import"]):
    import targets


def main() -> None:
    """Run until libFuzzer ends it."""
    program, door, *rest = sys.argv
    folders = [Path(argument) for argument in rest if not argument.startswith("-")]
    if folders:
        folders[0].mkdir(parents=True, exist_ok=True)
        for name, content in targets.seeds(door).items():
            (folders[0] / name).write_bytes(content)
    gc.freeze()
    atheris.Setup([program, *rest], partial(targets.one_input, door))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
