"""The forger of bad archives lives beside the fixtures; it is importable by name in this folder."""

from __future__ import annotations

import sys
from pathlib import Path

FORGE = str(Path(__file__).parents[3] / "fixtures" / "hostile")
if FORGE not in sys.path:
    sys.path.append(FORGE)
