"""Load shards with `datasets`: `python load_rows.py EXPORT CACHE`, in the environment that has it.

Each format is loaded from its folder, by `data_files`, and by the dataset card of the export; what comes to stdout is,
for each, {"folder": rows, "data_files": rows, "card": rows}.
"""

import json
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset, get_dataset_config_names, load_dataset


def loaded(export: Path, form: str, cache: str) -> dict[str, Any]:
    """Return the rows of one format, in each of the ways to load them."""
    shards = str(export / form / "train-*")
    found = {
        "folder": load_dataset(str(export / form), split="train", cache_dir=cache),
        "data_files": load_dataset("json", data_files=shards, split="train", cache_dir=cache),
        "card": load_dataset(str(export), form, split="train", cache_dir=cache),
    }
    return {way: rows(dataset) for way, dataset in found.items()}


def rows(dataset: Dataset) -> list[dict[str, Any]]:
    """Return the rows as a trainer is handed them."""
    return list(dataset)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    forms = get_dataset_config_names(str(folder))
    json.dump({form: loaded(folder, form, sys.argv[2]) for form in forms}, sys.stdout)
