"""Writes golden files, for a person who has read the difference: `python -m tests.golden.accept`.

Without arguments every shipped claim is compared, differences are shown, and nothing is written.
With `--write` the files are brought up to date; ids restrict it to these claims.
"""

from __future__ import annotations

import argparse
import difflib
import sys

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
        path, new = golden_file(id), rendered(known[id])
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == new:
            continue
        changed += 1
        sys.stdout.writelines(
            difflib.unified_diff(
                old.splitlines(True), new.splitlines(True), path.name, f"{path.name} (now)"
            )
        )
        if options.write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8")
    wanted = {golden_file(id) for id in known}
    for path in sorted(set(FOLDER.glob("*.tex")) - wanted) if not options.ids else []:
        changed += 1
        print(f"{path.name} belongs to no claim")
        if options.write:
            path.unlink()
    print(f"{changed} golden files {'written or removed' if options.write else 'differ'}")
    return 0 if options.write or not changed else 1


if __name__ == "__main__":
    sys.exit(main())
