"""Scenarios about ages across time and groups: births, the average of a club, a multiple in the past."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.ages import ASIDES, means, years
from curate.families.word_scenarios.shape import FRACTIONS, Part, Scenario, few, measured, some

calendar = measured("", least=1900, most=2100)
summed = measured("year")

_BIRTHS = Scenario(
    "births",
    words={"place": lists.TOWNS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"year": few(1915, 1975), "first": few(18, 39), "second": few(18, 39)},
            facts=(
                (
                    "{a} was born in {place} in {year}. {a.He} turned {first} in the year in which {a.his} child {b} "
                    "was born, and {b} turned {second} in the year in which {b.his} child {c} was born."
                ),
                (
                    "The year of {a}'s birth is {year}. {a.His} child {b} was born in {place} in the year of {a}'s "
                    "birthday number {first}, and {b}'s child {c} was born in the year of {b}'s birthday number "
                    "{second}."
                ),
            ),
            ops=(
                calendar(
                    "born_b",
                    "year + first",
                    "the year of {b}'s birth",
                    "counting {first:year} on from {a}'s birth, {b} was born in {eq}",
                ),
                calendar(
                    "born_c",
                    "born_b + second",
                    "the year of {c}'s birth",
                    "{second:year} after {b}, {c} was born, in {eq}",
                ),
            ),
            asks=("In which year was {c} born?", "What is the year of {c}'s birth?"),
        ),
        Part(
            draws={"_age": few(4, 40), "now": "born_c + _age"},
            facts=(
                "{c} and the rest of the family meet at the end of {now}.",
                "At the end of {now}, the family takes a photo.",
            ),
            ops=(years("age_c", "now - born_c", "{c}'s age at that time", "at the end of {now}, {c}'s age is {eq}"),),
            keeps=("105 - now + year", "2026 - now"),
            asks=("How old is {c} at the end of {now}?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                summed(
                    "together",
                    "age_c + (now - year)",
                    "the sum of {a}'s and {c}'s ages at that time",
                    "adding {a}'s age at that time gives {eq}",
                ),
            ),
            other=(
                years("age_a", "now - year", "{a}'s age at that time", "at the end of {now}, {a}'s age is {eq}"),
                summed("together", "age_c + age_a", "the sum of {a}'s and {c}'s ages at that time"),
            ),
            asks=("What is the sum of {a}'s and {c}'s ages at the end of {now}?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                means(
                    "mean",
                    "(together + (now - born_b)) / 3",
                    "the average age of the three",
                    "with {b}'s age included, the three have an average age of {eq}",
                ),
            ),
            asks=("What is the average age of {a}, {b} and {c} at the end of {now}, in years?",),
        ),
    ),
)

_CLUB = Scenario(
    "club",
    words={"club": lists.CLUBS, "place": lists.TOWNS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"members": some(4, 15), "mean": few(15, 60), "joins": few(11, 75)},
            facts=(
                (
                    "The {club} club of {place} has {members:member}, who are {mean:year} old on average. Now {a}, "
                    "who is {joins}, joins."
                ),
                (
                    "In {place}, the {members:member} of the {club} club have an average age of {mean:year}. {a} "
                    "joins at the age of {joins}."
                ),
            ),
            ops=(
                summed(
                    "total",
                    "members * mean",
                    "the sum of the members' ages before",
                    "{members:member} with an average age of {mean} are together aged {eq}",
                ),
                summed(
                    "larger",
                    "total + joins",
                    "the sum of the ages with {a}",
                    "{a}'s {joins:year} raise the sum to {eq}",
                ),
            ),
            asks=(
                "What is the sum of the ages of all members now, in years?",
                "How many years do the ages of all members, {a} included, add up to?",
            ),
        ),
        Part(
            draws={"_shift": few(-4, 4), "leaves": "joins - members * _shift"},
            facts=(
                "On the same day, {b} leaves the club at the age of {leaves}.",
                "At the same time {b}, a member aged {leaves}, moves away and leaves.",
            ),
            ops=(
                summed("smaller", "larger - leaves", "the sum of the ages without {b}", "without {b}, the sum is {eq}"),
            ),
            keeps=("leaves - 12", "90 - leaves", "_shift * _shift"),
            asks=("What is the sum of the members' ages then, in years?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                years(
                    "average",
                    "smaller / members",
                    "the new average age",
                    "shared among {members:member} again, the average is {eq}",
                ),
            ),
            asks=("What is the average age of the members then, in years?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "{c}, who trains them, is older: the new average is {num}/{den} of {c.his} age.",
                "Their new average age is {num}/{den} of the age of {c}, the chair of the club council.",
            ),
            ops=(
                years(
                    "chair",
                    "average / (num/den)",
                    "{c}'s age",
                    "{average:year} is {num}/{den} of {c}'s age, so {c.his} age is {eq}",
                ),
            ),
            keeps=("90 - average / (num/den)",),
            asks=("How old is {c}?", "What is {c}'s age in years?"),
        ),
    ),
)

_PAST = Scenario(
    "age_past",
    words={"kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={"now": some(9, 24), "ago": few(3, 14), "times": few(2, 6)},
            facts=(
                "{b} is {now:year} old. {ago:year} ago, {a} was {times} times as old as {b} was.",
                "{ago:year} ago, {a} was {times} times as old as {a.his} {kin} {b}, who is now {now:year} old.",
            ),
            ops=(
                years("then_b", "now - ago", "{b}'s age {ago:year} ago", "{ago:year} ago, {b}'s age was {eq}"),
                years(
                    "then_a",
                    "times * then_b",
                    "{a}'s age at that time",
                    "{a} was {times} times as old, so {a.his} age was {eq}",
                ),
            ),
            asks=("How old was {a} {ago:year} ago?", "What was {a}'s age {ago:year} ago, in years?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(years("now_a", "then_a + ago", "{a}'s age now", "{ago:year} later, today, {a}'s age is {eq}"),),
            asks=("How old is {a} now?", "What is {a}'s age today, in years?"),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=("{c} is {num}/{den} as old as {a} is now.", "Today {c}'s age is {num}/{den} of {a}'s age."),
            ops=(years("now_c", "now_a * num/den", "{c}'s age now", "{num}/{den} of {now_a:year} is {eq}"),),
            asks=("How old is {c} now?", "What is {c}'s age today, in years?"),
        ),
        Part(
            draws={"later": few(3, 15)},
            facts=("",),
            ops=(
                years(
                    "sum",
                    "(now + later) + (now_c + later)",
                    "the sum of {b}'s and {c}'s ages in {later:year}",
                    "{later:year} from now, the ages of {b} and {c} add up to {eq}",
                ),
            ),
            asks=("What will be the sum of {b}'s and {c}'s ages in {later:year}?",),
        ),
    ),
)

GENERATIONS = (_BIRTHS, _CLUB, _PAST)
