"""Near-duplicates found by datatrove's four stages. Run as a command: SOURCE TARGET; prints CPU seconds and rows kept.

The CPU is that of the stages, without what starting up takes.
"""

import json
import sys
import time
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter


def stages(source: Path, target: Path) -> list[list[PipelineStep]]:
    """Return its four stages: signatures, buckets, clusters, and the rows without those that are like others."""
    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    signatures, buckets, removed, kept = (str(target / name) for name in ("signatures", "buckets", "removed", "kept"))
    reader = JsonlReader(str(source.parent), glob_pattern=source.name)
    return [
        [reader, MinhashDedupSignature(signatures, config=config)],
        [MinhashDedupBuckets(signatures, buckets, config=config)],
        [MinhashDedupCluster(buckets, removed, config=config)],
        [reader, MinhashDedupFilter(removed), JsonlWriter(kept, compression=None)],
    ]


def main(source: Path, target: Path) -> None:
    """Run the stages one after the other in this process."""
    began = time.process_time()
    for number, stage in enumerate(stages(source, target)):
        tasks = 14 if number == 1 else 1
        LocalPipelineExecutor(pipeline=stage, tasks=tasks, workers=1, logging_dir=str(target / f"logs{number}")).run()
    spent = time.process_time() - began
    kept = sum(len(file.read_bytes().splitlines()) for file in (target / "kept").glob("*.jsonl"))
    sys.stdout.write(json.dumps({"cpu": spent, "kept": kept}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
