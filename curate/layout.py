"""Names of the files and folders that we write, in one place."""

from pathlib import Path

MANIFEST = "manifest.json"
CARD = "README.md"

RUNS = Path("datasets_out")
"""Where runs lie whose folder is not named."""
RECIPE = "recipe.yaml"
HISTORY = "history.jsonl"
LEDGER = "ledger.sqlite"
"""The file that marks the folder of a run."""
TRACES = "traces"
FAILED = "failed.jsonl"
CURATED = "curated"
PLUGINS = "plugins"
"""Copies of the checks of a user's own, so that the recipe that lies beside them runs again."""

KEPT = "kept"
DROPPED = "dropped"
UNREADABLE = "unreadable"
DROPPED_PROBLEMS = "dropped_problems"
"""Problems of a run that are not asked, each with its reason."""
VERDICTS = "verdicts.parquet"
CLUSTERS = "clusters.parquet"
PAIRS = "pairs"
"""Why one reply of a pair is better, a file for each format of pairs."""

RUN_RESIDENTS = (LEDGER, f"{LEDGER}-journal", f"{LEDGER}-wal", f"{LEDGER}-shm", HISTORY, RECIPE, CURATED, PLUGINS)
"""What lives in a run's folder beside its result, and is never moved or removed with it."""
