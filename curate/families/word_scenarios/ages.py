"""Scenarios about ages that come from comparing people: chains, sums, multiples now, later and before."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import FRACTIONS, Aside, Part, Scenario, few, measured, some

years = measured("year", most=110)
means = measured("year", grain=3, most=110)

ASIDES = (
    Aside("{a} has {noise:marble} in a jar.", "how many marbles {a} has"),
    Aside("{b} lives at number {noise} of a quiet street.", "where {b} lives"),
    Aside("{a} and {b} live {noise:km} apart.", "how far apart they live"),
    Aside("{b}'s favorite number is {noise}.", "which number {b} likes"),
    Aside("There are {noise:house} in {a}'s street.", "how many houses there are in the street"),
)

_CHAIN = Scenario(
    "age_chain",
    words={"kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={"young": some(4, 12), "times": few(2, 6), "gap": some(2, 14)},
            facts=(
                "{c} is {young:year} old. {b} is {times} times as old as {c}, and {a} is {gap:year} older than {b}.",
                "{a} is {gap:year} older than {a.his} {kin} {b}. {b} is {times} times as old as {c}, who is {young}.",
                (
                    "{b} is {times} times as old as {b.his} {kin} {c}, and {a} is {gap:year} older than {b}. {c} is "
                    "{young:year} old."
                ),
            ),
            ops=(
                years(
                    "middle", "times * young", "{b}'s age", "{b} is {times} times as old as {c}, so {b.his} age is {eq}"
                ),
                years("old", "middle + gap", "{a}'s age", "{a} is older by {gap:year}, so {a.his} age is {eq}"),
            ),
            asks=("How old is {a}?", "How many years old is {a} now?"),
        ),
        Part(
            draws={"later": few(3, 15)},
            facts=("",),
            ops=(
                years(
                    "future",
                    "old + later",
                    "{a}'s age {later:year} from now",
                    "{later:year} from now, {a}'s age will be {eq}",
                ),
            ),
            asks=("How old will {a} be in {later:year}?", "What will {a}'s age be {later:year} from now?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                years(
                    "together",
                    "future + (young + later)",
                    "the sum of {a}'s and {c}'s ages at that time",
                    "adding {c}'s age at that time gives {eq}",
                ),
            ),
            other=(
                years("small", "young + later", "{c}'s age {later:year} from now", "{c} will by then be aged {eq}"),
                years("together", "future + small", "the sum of {a}'s and {c}'s ages at that time"),
            ),
            asks=("What will be the sum of {a}'s and {c}'s ages in {later:year}?",),
        ),
        Part(
            draws={},
            facts=(
                "In {later:year}, the age of {b}'s grandmother will be the sum of {a}'s and {c}'s ages at that time.",
                "{b}'s grandmother will in {later:year} be exactly as old as {a} and {c} will then be together.",
            ),
            ops=(
                years(
                    "elder",
                    "together - later",
                    "the grandmother's age now",
                    "going back {later:year}, the grandmother's age today is {eq}",
                ),
            ),
            keeps=("together - middle - later - 35", "70 - together + middle + later"),
            asks=("How old is {b}'s grandmother now?", "What is the grandmother's age today, in years?"),
        ),
    ),
)

_SUM = Scenario(
    "age_sum",
    words={"kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={"_young": some(5, 25), "gap": some(2, 12), "sum": "2 * _young + gap"},
            facts=(
                "{a} and {b} are {sum:year} old together, and {a} is {gap:year} older than {b}.",
                "The ages of {a} and {a.his} {kin} {b} add up to {sum:year}. {a} is {gap:year} older.",
                "{b} is {gap:year} younger than {a}. Together they are {sum:year} old.",
            ),
            ops=(
                years(
                    "twice",
                    "sum - gap",
                    "twice {b}'s age",
                    "without the extra {gap:year} of {a}, twice {b}'s age is left: {eq}",
                ),
                years("young", "twice / 2", "{b}'s age", "half of that is {b}'s age, {eq}"),
            ),
            asks=("How old is {b}?", "What is {b}'s age in years?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(years("old", "young + gap", "{a}'s age", "{a} is {gap:year} older, so {a.his} age is {eq}"),),
            asks=("How old is {a}, the older of the two?", "What is the age of the older one, {a}, in years?"),
        ),
        Part(
            draws={"later": few(3, 20)},
            facts=("",),
            ops=(
                years(
                    "future",
                    "old + later",
                    "{a}'s age {later:year} from now",
                    "in {later:year}, {a}'s age will be {eq}",
                ),
            ),
            asks=("How old will {a} be in {later:year}?", "What will {a}'s age be {later:year} from now?"),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "In {later:year}, {c} will be {num}/{den} as old as {a} will be then.",
                "{c}'s age in {later:year} will be {num}/{den} of {a}'s age at that time.",
            ),
            ops=(years("third", "future * num/den", "{c}'s age at that time", "{num}/{den} of {future:year} is {eq}"),),
            keeps=("future * num - later * den",),
            asks=("How old will {c} be in {later:year}?",),
        ),
    ),
)

_MULTIPLE = Scenario(
    "age_multiple",
    words={"kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={"times": few(2, 8), "_young": some(4, 14), "sum": "(times + 1) * _young"},
            facts=(
                "{a} is {times} times as old as {b}, and their ages add up to {sum:year}.",
                "Together {a} and {b} are {sum:year} old. {a} is {times} times as old as {b}.",
                "The sum of {a}'s and {b}'s ages is {sum:year}, and {a}'s age is {times} times {b}'s age.",
            ),
            ops=(
                measured("")(
                    "shares",
                    "times + 1",
                    "the number of equal shares in the sum",
                    "counting {b}'s age as one share, the sum holds {eq} shares",
                ),
                years("young", "sum / shares", "{b}'s age", "one share, which is {b}'s age, is {eq}"),
            ),
            asks=("How old is {b}?", "What is {b}'s age in years?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(years("old", "times * young", "{a}'s age", "{a} is {times} times as old, so {a.his} age is {eq}"),),
            asks=("How old is {a}?", "What is {a}'s age in years?"),
        ),
        Part(
            draws={"ago": few(2, 12)},
            facts=("",),
            ops=(years("past", "old - ago", "{a}'s age {ago:year} ago", "{ago:year} ago, {a}'s age was {eq}"),),
            asks=("How old was {a} {ago:year} ago?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "Today {c} is {num}/{den} as old as {a} was {ago:year} ago.",
                "{a.His} {kin} {c} is now {num}/{den} of the age that {a} had {ago:year} ago.",
            ),
            ops=(years("third", "past * num/den", "{c}'s age", "{num}/{den} of {past:year} is {eq}"),),
            asks=("How old is {c} now?", "What is {c}'s age today, in years?"),
        ),
    ),
)

_LATER = Scenario(
    "age_later",
    words={"kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={"times": few(3, 6), "_then": some(6, 14), "gap": "(times - 1) * _then", "later": few(2, 15)},
            facts=(
                "{a} is {gap:year} older than {b}. In {later:year}, {a} will be {times} times as old as {b}.",
                "{later:year} from now, {a} will be {times} times as old as {b}. {a} is {gap:year} older than {b}.",
            ),
            ops=(
                years(
                    "then",
                    "gap / (times - 1)",
                    "{b}'s age in {later:year}",
                    (
                        "once {a} is {times} times as old, the gap of {gap:year} is {times} - 1 times {b}'s age, "
                        "and {b} is then aged {eq}"
                    ),
                ),
                years("young", "then - later", "{b}'s age now", "going back {later:year}, {b}'s age today is {eq}"),
            ),
            asks=("How old is {b} now?", "What is {b}'s age today, in years?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                years(
                    "old", "young + gap", "{a}'s age now", "{a} is {gap:year} older than {b}, so {a.his} age is {eq}"
                ),
            ),
            asks=("How old is {a} now?", "What is {a}'s age today, in years?"),
        ),
        Part(
            draws={"less": few(2, 15)},
            facts=("{c} is {less:year} younger than {a}.", "{a.His} {kin} {c} is {less:year} younger than {a}."),
            ops=(
                years(
                    "third",
                    "old - less",
                    "{c}'s age now",
                    "{c} is {less:year} younger than {a}, so {c.his} age is {eq}",
                ),
            ),
            asks=("How old is {c} now?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                means(
                    "mean",
                    "(old + young + third) / 3",
                    "the average age of the three",
                    "{a}, {b} and {c} together have an average age of {eq}",
                ),
            ),
            other=(
                measured("year")(
                    "all_three",
                    "old + young + third",
                    "the sum of the three ages",
                    "the three of them are together aged {eq}",
                ),
                means("mean", "all_three / 3", "the average age of the three"),
            ),
            asks=("What is the average age of {a}, {b} and {c} today, in years?",),
        ),
    ),
)

AGES = (_CHAIN, _SUM, _MULTIPLE, _LATER)
