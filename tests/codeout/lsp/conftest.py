"""The language server is tested where its library is installed."""

from __future__ import annotations

import pytest

pytest.importorskip("pygls")
