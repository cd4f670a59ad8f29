"""The vocabulary keeps its names, whatever is imported before and after it."""

from __future__ import annotations

import subprocess
import sys


def test_the_reason_unfold_is_not_replaced_by_the_module_of_its_name() -> None:
    code = (
        "import derivations.core; import derivations.core.meaning; "
        "from derivations.core.meaning import unfolded; "
        "from derivations.core import unfold; print(callable(unfold))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "True\n"
