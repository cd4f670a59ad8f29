"""The reports of the shipped claims, each made once in a run of the tests.

Whichever test and whichever process asks first makes a report and leaves it in a folder of the
run, where the others find it; whoever comes at the same time makes it again, which is the same.
"""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path

from derivations.catalogue import shipped
from numeric.evidence import Report
from numeric.judging.chain import judged, used_claims

DERIVATIONS = {d.id: d for chapter in shipped() for d in chapter.derivations}
FOLDER = "DERIVATIONS_TEST_REPORTS"  # set by conftest


@cache
def kept_report(id: str) -> Report:
    """What `verify` says with its own options, points and digits."""
    kept = Path(os.environ[FOLDER]) / f"{id}.pickle"
    if kept.exists():
        found: Report = pickle.loads(kept.read_bytes())
        return found
    derivation = DERIVATIONS[id]
    before = [used for used in used_claims(derivation) if used.id != id]
    report = judged(derivation, {used: kept_report(used.id).verdict for used in before})
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_bytes(pickle.dumps(report))
    beside.replace(kept)
    return report
