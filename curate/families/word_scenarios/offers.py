"""Scenarios about offers: a sale, a monthly plan."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.buying import ASIDES, dollars
from curate.families.word_scenarios.shape import FRACTIONS, PERCENTS, Part, Scenario, one_of, some

_SALE = Scenario(
    "sale",
    words={"gift": lists.GIFTS, "season": ("spring", "summer", "autumn", "winter", "clearance", "anniversary")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"price": some(40, 240, 10), "off": PERCENTS},
            facts=(
                (
                    "{gift:A} that usually costs {price:$} is reduced by {off}% in the {season} sale, and {a} wants "
                    "to buy one."
                ),
                "{a} has had {a.his} eye on {gift:a} for {price:$}. In the {season} sale, it is {off}% cheaper.",
                "In {season:a} sale, {a} finds {gift:a} with {off}% off its regular price of {price:$}.",
            ),
            ops=(
                dollars("discount", "price * off / 100", "the discount", "{off}% of {price:$} is {eq}"),
                dollars(
                    "sale",
                    "price - discount",
                    "the sale price",
                    "after the discount, the {gift} costs {eq}",
                    "that leaves a price of {eq}",
                ),
            ),
            asks=("How many dollars does the {gift} cost now?", "What is the sale price in dollars?"),
        ),
        Part(
            draws={"count": some(2, 7)},
            facts=("{a.He} buys {count} of them for {a.his} hotel.", "{a.He} takes {count} of them at that price."),
            ops=(dollars("sum", "sale * count", "the price of {count:{gift}}", "{count} of them cost {eq}"),),
            asks=("How many dollars does {a} pay for all of them?",),
        ),
        Part(
            draws={"ship": some(5, 30)},
            facts=(
                "Shipping costs another {ship:$} for the whole order.",
                "The shop charges {ship:$} to bring them all to {a.his} door.",
            ),
            ops=(dollars("charged", "sum + ship", "the whole charge", "with shipping, the order comes to {eq}"),),
            asks=("How many dollars is the whole order, delivery included?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "A gift card covers {num}/{den} of the whole charge, and {a} pays the rest in cash.",
                "{b} pays {num}/{den} of the total, and {a} pays what remains in cash.",
            ),
            ops=(
                dollars(
                    "cash",
                    "charged * (den - num)/den",
                    "the amount paid in cash",
                    "{num}/{den} of it is covered, so the cash still needed is {eq}",
                ),
            ),
            other=(
                dollars(
                    "covered", "charged * num/den", "the amount that is covered", "{num}/{den} of {charged:$} is {eq}"
                ),
                dollars("cash", "charged - covered", "the amount paid in cash"),
            ),
            asks=("How many dollars does {a} pay in cash?",),
        ),
    ),
)

_PLAN = Scenario(
    "plan",
    words={"plan unit": lists.PLANS, "gift": lists.GIFTS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"fee": some(8, 30), "per": some(2, 9), "count": some(3, 14)},
            facts=(
                (
                    "{a}'s {plan} costs {fee:$} a month plus {per:$} for every {unit}. {a.He} has {count:{unit}} a "
                    "month."
                ),
                (
                    "For {a.his} {plan}, {a} pays a basic price of {fee:$} a month, and each {unit} costs {per:$} "
                    "more. {a} always has exactly {count:{unit}} a month."
                ),
            ),
            ops=(
                dollars(
                    "usage", "count * per", "the monthly price of the {unit:s}", "{count:{unit}} at {per:$} cost {eq}"
                ),
                dollars("month", "fee + usage", "the price of one month", "with the basic price, a month costs {eq}"),
            ),
            asks=("How many dollars does {a} pay in a month?", "How many dollars does one month cost {a}?"),
        ),
        Part(
            draws={"months": one_of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 24)},
            facts=("{a} stays with this for {months:month}.", "{a.He} keeps it up for {months:month}."),
            ops=(dollars("whole", "month * months", "the price of {months:month}", "{months:month} cost {eq}"),),
            asks=("How many dollars does {a} pay in all that time?", "How many dollars do the {months:month} cost?"),
        ),
        Part(
            draws={"_gain": some(15, 120), "flat": "whole - _gain"},
            keeps=("flat - whole / 2",),
            facts=(
                "Another company would have offered the same for {flat:$} for the whole time.",
                "For the same time and use, {b} pays only {flat:$} elsewhere.",
            ),
            ops=(
                dollars(
                    "gain", "whole - flat", "the difference to the other offer", "the other offer is cheaper by {eq}"
                ),
            ),
            asks=("How many dollars cheaper is the other offer?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "{gift:A} costs {num}/{den} of that difference.",
                "For {num}/{den} of the difference, {a} could buy {gift:a}.",
            ),
            ops=(dollars("present", "gain * num/den", "the price of the {gift}", "{num}/{den} of {gain:$} is {eq}"),),
            asks=("How many dollars does the {gift} cost?", "What is the price of the {gift} in dollars?"),
        ),
    ),
)

OFFERS = (_SALE, _PLAN)
