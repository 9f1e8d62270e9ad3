"""How fast the built-in families are, and how often they repeat themselves; part of `make bench`.

python -m benchmarks.families                 100,000 problems a family for repetitions
python -m benchmarks.families --texts 5000    fewer

Printed by family: problems with solutions a minute and core, the share of equal texts among problems of one seed at
difficulty 3, and how many of these texts the next seed has, too: by chance, where a family has not many more; last the
median.
"""

import argparse
from statistics import median

from benchmarks.measuring import say
from curate.digests import problem_id
from curate.families import FAMILIES
from curate.families.numbered import worded_at
from curate.problems.examples import problems_a_minute

TEXTS = 100_000
SEED = 17
DIFFICULTY = 3


def different(family: str, seed: int, texts: int) -> set[str]:
    """Return the ids of the first problems of a seed: one for each different text."""
    return {problem_id(worded_at(family, seed, DIFFICULTY, index)[1]) for index in range(texts)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many problems are compared for equal texts")
    texts = parser.parse_args().texts
    say(f"{'family':<20} {'problems a minute and core':>28} {f'equal texts of {texts:,}':>26} {'in the next seed':>18}")
    speeds = []
    for family in FAMILIES:
        speeds.append(problems_a_minute(family))
        told, others = (different(family, seed, texts) for seed in (SEED, SEED + 1))
        equal, shared = 1 - len(told) / texts, len(told & others) / texts
        say(f"{family:<20} {speeds[-1]:>28,.0f} {equal:>26.3%} {shared:>18.3%}")
    say(f"{'median':<20} {median(speeds):>28,.0f}")


if __name__ == "__main__":
    main()
