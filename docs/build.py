"""Generate what is generated: `schemas/` from the records, the reference pages, the file tree in the README.

python docs/build.py            write everything
python docs/build.py --check    fail, and name the files, where something is out of step
"""

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs import pages, schema_files, tree  # noqa: E402 - needs the path

BUILDERS: tuple[Callable[[], dict[Path, bytes]], ...] = (schema_files.build, pages.build, tree.build)


def main(arguments: list[str]) -> int:
    """Write or check everything that is generated; returns the exit code."""
    wanted = {ROOT / path: data for build in BUILDERS for path, data in build().items()}
    stale = [path for path, data in wanted.items() if not path.exists() or path.read_bytes() != data]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is out of step; run `make docs`\n")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
        sys.stderr.write(f"wrote {path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
