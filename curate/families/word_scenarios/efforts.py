"""Scenarios about effort over days: a book, a crew."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.buying import dollars
from curate.families.word_scenarios.shape import SMALL_PERCENTS, Part, Scenario, few, measured, one_of, some
from curate.families.word_scenarios.travel import ASIDES

pages = measured("page")

_BOOK = Scenario(
    "book",
    words={"book": lists.BOOKS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "pace": one_of(8, 10, 12, 15, 16, 18, 20, 24, 25, 30, 32, 36, 40, 45, 50),
                "days": few(2, 9),
                "_rest": some(20, 160, 2),
                "pages": "pace * days + _rest",
            },
            facts=(
                "{a} is reading {book:a} with {pages:page}. For {days:day} {a.he} reads {pace:page} a day.",
                "{book:A} has {pages:page}. {a} reads {pace:page} of it on each of the first {days:day}.",
            ),
            ops=(
                pages("done", "pace * days", "the part read so far", "in {days:day}, {a} reads {eq}"),
                pages(
                    "left", "pages - done", "the rest of the {book}", "of {pages:page}, there are still {eq} to read"
                ),
            ),
            asks=("How many pages are left?", "How many pages does {a} still have to read after that?"),
        ),
        Part(
            draws={"more": few(2, 9)},
            facts=(
                "{a.He} wants to finish in another {more:day}, reading the same number of pages on each of them.",
                "The {book} has to be finished {more:day} later, with equally many pages on each of those days.",
            ),
            ops=(
                pages(
                    "need",
                    "left / more",
                    "the daily amount from then on",
                    "spread over {more:day}, that is {eq} a day",
                ),
            ),
            asks=("How many pages a day does {a} have to read from then on?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                pages(
                    "extra",
                    "need - pace",
                    "the daily increase",
                    "compared with before, {a} reads more by {eq} a day",
                ),
            ),
            asks=("How many pages a day more than before does {a} then have to read?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                measured("percent", grain=2, most=200)(
                    "rise",
                    "extra * 100 / pace",
                    "the rise of the daily number of pages",
                    "measured by the {pace:page} of before, the rise is {eq}",
                ),
            ),
            asks=("By how many percent does the daily number of pages have to rise?",),
        ),
    ),
)

_CREW = Scenario(
    "crew",
    words={"work": lists.WORKS, "worker": ("worker", "volunteer", "helper", "student", "apprentice")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"crew": few(3, 14), "days": some(4, 20), "other": few(4, 24)},
            facts=(
                (
                    "{a} knows that {crew:{worker}} need {days:day} to {work}. This time {a.he} has {other:{worker}}, "
                    "who work at the same pace."
                ),
                (
                    "It takes {crew:{worker}} {days:day} to {work}. {a} sends {other:{worker}}, all equally fast, to "
                    "do the same."
                ),
            ),
            ops=(
                measured("day")(
                    "work_days", "crew * days", "the time for one {worker} alone", "one {worker} alone would need {eq}"
                ),
                measured("day", grain=3)(
                    "time",
                    "work_days / other",
                    "the time for {other:{worker}}",
                    "shared by {other:{worker}}, it takes {eq}",
                ),
            ),
            keeps=("(crew - other) * (crew - other)",),
            asks=("How many days do the {other:{worker}} need?", "How many days does it take with {other:{worker}}?"),
        ),
        Part(
            draws={"meals": some(5, 15)},
            facts=(
                "Each of the {other} gets {meals:$} a day for food.",
                "For food, {a} pays each of the {other:{worker}} {meals:$} a day.",
            ),
            ops=(
                dollars(
                    "food",
                    "time * other * meals",
                    "the cost of the food",
                    "food for {other:{worker}} over this time costs {eq}",
                ),
            ),
            other=(
                dollars(
                    "daily",
                    "other * meals",
                    "the cost of food for one day",
                    "a day's food for {other:{worker}} costs {eq}",
                ),
                dollars("food", "daily * time", "the cost of the food"),
            ),
            asks=("How many dollars does all the food cost?",),
        ),
        Part(
            draws={"tools": some(50, 400, 5)},
            facts=("Tools and material cost another {tools:$}.", "Besides, {tools:$} is spent on tools."),
            ops=(dollars("cost", "food + tools", "the whole cost", "food and tools together cost {eq}"),),
            asks=("How many dollars does it all cost?", "How many dollars do food and tools cost together?"),
        ),
        Part(
            draws={"share": SMALL_PERCENTS},
            facts=(
                "The town pays {share}% of the whole cost, and {a} the rest.",
                "{share}% of it all is paid by a sponsor, the rest by {a}.",
            ),
            ops=(
                dollars(
                    "rest", "cost * (100 - share) / 100", "the amount that {a} pays", "what {a} has to pay is {eq}"
                ),
            ),
            other=(
                dollars(
                    "paid", "cost * share / 100", "the amount that {a} does not pay", "{share}% of {cost:$} is {eq}"
                ),
                dollars("rest", "cost - paid", "the amount that {a} pays"),
            ),
            asks=("How many dollars does {a} pay?",),
        ),
    ),
)

EFFORTS = (_BOOK, _CREW)
