"""Writes golden files, for a person who has read the difference: `python -m tests.golden.accept`.

Without arguments every shipped claim is compared, differences are shown, and nothing is written.
With `--write` the files are brought up to date; ids restrict it to the golden LaTeX of these
claims. The list of pinned statements, `tests/chapters/statements.txt`, is compared as a whole.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from tests.chapters import statements
from tests.golden.rendering import FOLDER, derivations, golden_file, rendered


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden.accept", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these claims")
    parser.add_argument("--write", action="store_true", help="write what is shown")
    options = parser.parse_args(arguments)
    known = derivations()
    unknown = [id for id in options.ids if id not in known]
    if unknown:
        parser.error(f"no shipped claim has the id {', '.join(unknown)}")
    changed = 0
    for id in options.ids or known:
        changed += compared(golden_file(id), rendered(known[id]), write=options.write)
    if not options.ids:
        claims = [derivation.claim for derivation in known.values()]
        changed += compared(statements.FILE, statements.listed(claims), write=options.write)
        for path in sorted(set(FOLDER.glob("*.tex")) - {golden_file(id) for id in known}):
            changed += 1
            print(f"{path.name} belongs to no claim")
            if options.write:
                path.unlink()
    print(f"{changed} golden files {'written or removed' if options.write else 'differ'}")
    return 0 if options.write or not changed else 1


def compared(path: Path, new: str, *, write: bool) -> bool:
    """Whether the file says something else; shows what, and writes it if asked to."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if old == new:
        return False
    lines = old.splitlines(True), new.splitlines(True)
    sys.stdout.writelines(difflib.unified_diff(*lines, path.name, f"{path.name} (now)"))
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
