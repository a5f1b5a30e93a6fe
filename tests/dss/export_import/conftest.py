"""The forger of bad archives and the servers of the cloud tests are importable by name in this folder."""

from __future__ import annotations

import sys
from pathlib import Path

for folder in (Path(__file__).parents[3] / "fixtures" / "hostile", Path(__file__).parent):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
