"""A stateful stand-in for Figma, for tests and demos: it keeps variables and applies the rules of the real service.

Pure: requests in, answers out. An HTTP server around it lives in the application.
"""

from __future__ import annotations

from .checks import PostRefusedError
from .service import Answer, FakeFigma
from .state import FakeFile

__all__ = ("Answer", "FakeFigma", "FakeFile", "PostRefusedError")
