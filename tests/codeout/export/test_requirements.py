"""What readers of an exported page are asked to install: what its code imports alone."""

from __future__ import annotations

import pytest
from codeout.export.requirements import required


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import numpy as np", ["numpy"]),
        ("from numpy.linalg import norm", ["numpy"]),
        ("%matplotlib inline\nimport sklearn.svm, yaml", ["scikit-learn", "PyYAML"]),
        ("def f():\n    import my_package", ["my.package"]),
        ("print('import evil')", []),
    ],
)
def test_only_what_the_code_imports_is_installed(code: str, names: list[str]) -> None:
    """Whatever else the lock says, which nobody reviews."""
    recorded = ["numpy", "scikit-learn", "PyYAML", "my.package", "evil"]
    assert required(recorded, ["x = 1", code]) == names


@pytest.mark.parametrize(
    "module", ["yaml", "PIL", "sklearn", "cv2", "json", "pip", "IPython.display"]
)
def test_a_module_is_not_taken_for_a_distribution_of_somebody_else(module: str) -> None:
    """Nobody reviews the lock, and anybody may have taken the name of the module."""
    evil = ["yaml", "PIL", "sklearn", "cv2", "json", "display"]
    assert required(evil, [f"import {module}"]) == []
