"""How fast the built-in families are, and how often they repeat themselves; part of `make bench`.

python -m benchmarks.families                 100,000 problems a family for repetitions
python -m benchmarks.families --texts 5000    fewer

Printed by family: problems with solutions a minute and core, and the share of equal texts among problems of one seed
at difficulty 3; last the median.
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


def share_of_equals(family: str, texts: int) -> float:
    """Return the share of problems of one seed whose text another one before has, too."""
    told = (worded_at(family, SEED, DIFFICULTY, index)[1] for index in range(texts))
    return 1 - len(set(map(problem_id, told))) / texts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many problems are compared for equal texts")
    texts = parser.parse_args().texts
    say(f"{'family':<20} {'problems a minute and core':>28} {f'equal texts of {texts:,}':>26}")
    speeds = []
    for family in FAMILIES:
        speeds.append(problems_a_minute(family))
        say(f"{family:<20} {speeds[-1]:>28,.0f} {share_of_equals(family, texts):>26.3%}")
    say(f"{'median':<20} {median(speeds):>28,.0f}")


if __name__ == "__main__":
    main()
