"""The least that a filter can do: read each line, decode it, write the kept ones through. Run as a command."""

import sys
from pathlib import Path

import orjson


def main(source: Path, target: Path) -> None:
    """Copy the lines that were not cut off."""
    with source.open("rb") as lines, target.open("wb") as kept:
        for line in lines:
            if orjson.loads(line)["finish_reason"] != "length":
                kept.write(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
