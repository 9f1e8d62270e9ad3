"""Scenarios about money earned: lessons, overtime, a stall."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.buying import ASIDES, dollars
from curate.families.word_scenarios.shape import FRACTIONS, PERCENTS, Part, Scenario, few, measured, some

_LESSONS = Scenario(
    "lessons",
    words={"job": lists.JOBS, "gift": lists.GIFTS, "cause": lists.CAUSES},
    asides=ASIDES,
    parts=(
        Part(
            draws={"fee": some(8, 30), "jobs": some(2, 9), "weeks": some(3, 12)},
            facts=(
                "{a} earns {fee:$} for each {job} and takes on {jobs:{job}} a week for {weeks:week}.",
                "For {weeks:week}, {a} takes on {jobs:{job}} every week. Each {job} pays {fee:$}.",
                "Every {job} brings {a} {fee:$}. {a.He} has {jobs:{job}} a week and keeps this up for {weeks:week}.",
            ),
            ops=(
                dollars(
                    "weekly", "fee * jobs", "the pay for one week", "a week with {jobs:{job}} at {fee:$} brings in {eq}"
                ),
                dollars(
                    "earned",
                    "weekly * weeks",
                    "the pay for all {weeks:week}",
                    "{weeks:week} at {weekly:$} a week bring in {eq}",
                ),
            ),
            other=(
                measured("")(
                    "number",
                    "jobs * weeks",
                    "the number of {job:s} in all",
                    "in {weeks:week}, {a} takes on {eq} {job:s}",
                ),
                dollars(
                    "earned", "number * fee", "the pay for all {weeks:week}", "{number:{job}} at {fee:$} bring in {eq}"
                ),
            ),
            asks=("How many dollars does {a} earn in all?", "How much does {a} earn in that time, in dollars?"),
        ),
        Part(
            draws={"saved": some(20, 150)},
            facts=("{a.He} already had {saved:$} in the bank.", "{a.His} savings before that were {saved:$}."),
            ops=(
                dollars(
                    "money", "earned + saved", "the total of pay and savings", "together with the savings, {a} has {eq}"
                ),
            ),
            asks=(
                "How many dollars does {a} have then?",
                "How many dollars does {a} have afterwards, savings included?",
            ),
        ),
        Part(
            draws={"cost": some(45, 200)},
            facts=("Then {a.he} buys {gift:a} for {cost:$}.", "From all this money {a.he} pays {cost:$} for {gift:a}."),
            ops=(
                dollars(
                    "left", "money - cost", "the money left after buying the {gift}", "the {gift} leaves {a} with {eq}"
                ),
            ),
            asks=("How many dollars does {a} have left?", "How many dollars remain after buying the {gift}?"),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=("{a.He} gives {num}/{den} of what is left to {cause}.", "Of the rest, {num}/{den} goes to {cause}."),
            ops=(dollars("given", "left * num/den", "the gift to {cause}", "{num}/{den} of {left:$} is {eq}"),),
            asks=("How many dollars does {a} give to {cause}?",),
        ),
    ),
)

_OVERTIME = Scenario(
    "overtime",
    words={
        "place": lists.WORKPLACES,
        "purpose": ("rent", "a course", "a new phone", "a trip", "a bicycle", "a train pass"),
    },
    asides=ASIDES,
    parts=(
        Part(
            draws={"rate": some(11, 30), "bonus": some(3, 12), "over": few(2, 14)},
            facts=(
                (
                    "{a} works at {place} for {rate:$} an hour. An hour of overtime pays {bonus:$} more than that, "
                    "and this week {a} works {over:hour} of overtime."
                ),
                (
                    "At {place}, {a} earns {rate:$} for a regular hour and {bonus:$} on top of that for an hour of "
                    "overtime. This week {a.he} has {over:hour} of overtime."
                ),
            ),
            ops=(
                dollars("higher", "rate + bonus", "the pay for one hour of overtime", "an hour of overtime pays {eq}"),
                dollars("extra", "higher * over", "the pay for all the overtime", "{over:hour} of overtime pay {eq}"),
            ),
            asks=(
                "How many dollars does {a} earn by overtime?",
                "How much does the overtime bring {a} this week, in dollars?",
            ),
        ),
        Part(
            draws={"hours": few(12, 40)},
            facts=("{a.He} also works {hours} regular hours.", "Besides, there are {hours} regular hours."),
            ops=(
                dollars(
                    "gross",
                    "hours * rate + extra",
                    "the whole pay of the week",
                    "{hours} regular hours and the overtime pay {eq}",
                ),
            ),
            other=(
                dollars("regular", "hours * rate", "the pay for the regular hours", "{hours} regular hours pay {eq}"),
                dollars("gross", "regular + extra", "the whole pay of the week"),
            ),
            asks=("How many dollars does {a} earn this week in all?",),
        ),
        Part(
            draws={"tax": PERCENTS},
            facts=(
                "Of the whole pay, {tax}% is withheld for taxes and insurance.",
                "{tax}% of the week's pay is deducted for taxes.",
            ),
            ops=(
                dollars(
                    "net", "gross * (100 - tax) / 100", "the pay after the deduction", "what is left of the pay is {eq}"
                ),
            ),
            other=(
                dollars("taxes", "gross * tax / 100", "the deduction", "{tax}% of {gross:$} is {eq}"),
                dollars("net", "gross - taxes", "the pay after the deduction"),
            ),
            keeps=("50 - tax",),
            asks=("How many dollars are paid out to {a}?",),
        ),
        Part(
            draws={"spent": some(30, 150)},
            facts=("{a.He} then spends {spent:$} on {purpose}.", "From this {a.he} pays {spent:$} for {purpose}."),
            ops=(
                dollars(
                    "left", "net - spent", "the money left of the week's pay", "once {purpose} is paid, {a} has {eq}"
                ),
            ),
            asks=("How many dollars of the week's pay does {a} have left?",),
        ),
    ),
)

_STALL = Scenario(
    "stall",
    words={
        "item": lists.GOODS,
        "fair": ("a street fair", "a school fair", "the flea market", "the harbor market", "a craft show"),
        "box": ("box", "crate", "basket", "bag", "case"),
    },
    asides=ASIDES,
    parts=(
        Part(
            draws={"boxes": some(3, 12), "per": some(4, 16), "sell": some(4, 15)},
            facts=(
                (
                    "{a} brings {boxes:{box}} of {item:s} to {fair}, with {per:{item}} in each {box}, and sells all "
                    "of them at {sell:$} apiece."
                ),
                (
                    "At {fair}, {a} sells {item:s} for {sell:$} each. {a.He} has brought {boxes:{box}} holding "
                    "{per:{item}} each, and by evening everything is sold."
                ),
            ),
            ops=(
                measured("{item}")("pieces", "boxes * per", "the whole stock", "{boxes:{box}} hold {eq}"),
                dollars("income", "pieces * sell", "the income", "{pieces:{item}} at {sell:$} bring in {eq}"),
            ),
            other=(
                dollars(
                    "box_income", "per * sell", "the income from one {box}", "one {box} of {per:{item}} brings in {eq}"
                ),
                dollars("income", "box_income * boxes", "the income", "{boxes:{box}} bring in {eq}"),
            ),
            asks=("How many dollars does {a} take in?", "How many dollars do the {item:s} bring in?"),
        ),
        Part(
            draws={"buy": some(9, 50)},
            facts=("Each {box} had cost {a.him} {buy:$}.", "{a.He} had paid {buy:$} for every {box}."),
            ops=(
                dollars(
                    "profit", "income - boxes * buy", "the profit", "after paying for {boxes:{box}}, the profit is {eq}"
                ),
            ),
            other=(
                dollars("outlay", "boxes * buy", "the cost of the {box:s}", "{boxes:{box}} at {buy:$} had cost {eq}"),
                dollars("profit", "income - outlay", "the profit"),
            ),
            asks=("How many dollars of profit does {a} make?", "What is {a}'s profit in dollars?"),
        ),
        Part(
            draws={"rent": some(12, 60)},
            facts=(
                "From that profit {a.he} still has to pay {rent:$} for the stall.",
                "Renting the stall costs another {rent:$}.",
            ),
            ops=(dollars("clear", "profit - rent", "the profit after the rent", "the rent for the stall leaves {eq}"),),
            asks=("How many dollars remain after the rent for the stall?",),
        ),
        Part(
            draws={"share": PERCENTS},
            facts=(
                "{b}, who helped, gets {share}% of what remains.",
                "{a} pays {b}, who helped {a.him}, {share}% of the remaining profit.",
            ),
            ops=(dollars("wage", "clear * share / 100", "the amount that {b} gets", "{share}% of {clear:$} is {eq}"),),
            asks=("How many dollars does {b} get?",),
        ),
    ),
)

EARNING = (_LESSONS, _OVERTIME, _STALL)
