"""Hypothesis: the same examples on every run in CI, no deadline on a busy machine.

Formulas are many small objects without cycles: looking for cycles seldom saves a tenth of the time.
"""

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_kept_at_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["DERIVATIONS_CACHE"] = str(tmp_path_factory.mktemp("kept"))
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    reports = run / "reports"
    reports.mkdir(exist_ok=True)
    os.environ["DERIVATIONS_TEST_REPORTS"] = str(reports)
