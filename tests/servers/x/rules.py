"""X's rules for texts, without the package around them: that wants the whole of Django, and the double starts without.

They are not our word for it: tests/networks/x/test_counting.py holds them against X's own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import genlyd.networks

if "genlyd.networks.x" not in sys.modules:
    _package = ModuleType("genlyd.networks.x")
    _package.__path__ = [str(Path(genlyd.networks.__path__[0]) / "x")]
    sys.modules["genlyd.networks.x"] = _package

from genlyd.networks.x.domain.addresses import Address, find, units
from genlyd.networks.x.domain.counting import MOST, addresses, weight

__all__ = ["MOST", "Address", "addresses", "find", "units", "weight"]
