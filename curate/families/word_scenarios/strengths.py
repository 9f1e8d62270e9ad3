"""Scenarios about strengths of mixtures, continued: reaching a strength from two others, draining and refilling."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import Part, Scenario, few, measured, some
from curate.families.word_scenarios.solutions import ASIDES, PER_CENTS, ml, percent

fifths = measured("liter", grain=5)

_REACH = Scenario(
    "reach",
    words={"drink stuff": lists.LIQUIDS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "volume": some(200, 900, 20),
                "weak": few(5, 30, 5),
                "_rise": few(3, 30),
                "target": "weak + _rise",
                "_more": few(5, 40, 5),
                "strong": "target + _more",
            },
            facts=(
                (
                    "{a} needs {volume:ml} of {drink:a} that is {target}% {stuff}. {a.He} mixes it from one that is "
                    "{weak}% {stuff} and another that is {strong}% {stuff}."
                ),
                (
                    "From {drink:a} with {weak}% {stuff} and another with {strong}% {stuff}, {a} wants to mix "
                    "{volume:ml} with {target}% {stuff}."
                ),
            ),
            ops=(
                ml(
                    "low",
                    "volume * weak / 100",
                    "the {stuff} in {volume:ml} of the weaker kind",
                    "with the weaker kind alone, the {stuff} would be {eq}",
                ),
                ml("need", "volume * target / 100", "the {stuff} needed", "the mixture has to contain {eq} of {stuff}"),
                ml(
                    "lack",
                    "need - low",
                    "the {stuff} that the weaker kind alone would lack",
                    "that is too little by {eq}",
                ),
                ml(
                    "amount",
                    "lack * 100 / (strong - weak)",
                    "the amount of the stronger kind",
                    (
                        "each ml of the stronger kind in place of the weaker one brings {strong}% - {weak}% of an ml "
                        "more, so the amount of it is {eq}"
                    ),
                ),
            ),
            asks=("How many ml of the stronger kind does {a.he} need?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                ml(
                    "weaker", "volume - amount", "the amount of the weaker kind", "the rest is of the weaker kind: {eq}"
                ),
            ),
            asks=("How many ml of the weaker kind does {a.he} need?",),
        ),
    ),
)

_DRAIN = Scenario(
    "drain",
    words={
        "tank": ("barrel", "canister", "drum", "kettle", "tank", "vat"),
        "stuff": ("alcohol", "antifreeze", "vinegar", "acid", "soap", "syrup"),
    },
    asides=ASIDES,
    parts=(
        Part(
            draws={"full": some(20, 120, 5), "strength": PER_CENTS, "out": some(4, 30)},
            facts=(
                (
                    "{tank:A} holds {full:liter} of a liquid that is {strength}% {stuff}. {a} draws off {out:liter} "
                    "and fills it up with water again."
                ),
                (
                    "{a} takes {out:liter} out of a full {tank} with {full:liter} of a liquid that is {strength}% "
                    "{stuff}, and puts in as much water instead."
                ),
            ),
            ops=(
                fifths(
                    "before", "full * strength / 100", "the {stuff} at first", "{strength}% of {full:liter} is {eq}"
                ),
                fifths("gone", "out * strength / 100", "the {stuff} drawn off", "{strength}% of {out:liter} is {eq}"),
                fifths(
                    "kept", "before - gone", "the amount of {stuff} left", "the {tank} still contains {eq} of {stuff}"
                ),
            ),
            keeps=("full - 2 * out",),
            asks=("How many liters of {stuff} are left in the {tank}?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                percent(
                    "share",
                    "kept * 100 / full",
                    "the new share of {stuff}",
                    "of {full:liter}, the {stuff} now makes up {eq}",
                ),
            ),
            asks=("How many percent {stuff} does the {tank} contain then?",),
        ),
        Part(
            draws={"jug": few(2, 15)},
            facts=(
                "After stirring, {b} fills {jug:liter} of it into a jug.",
                "Then {jug:liter} of the new mixture are sold to {b}.",
            ),
            ops=(
                measured("liter", grain=10, least=1)(
                    "inside", "jug * share / 100", "the {stuff} in these {jug:liter}", "{share}% of {jug:liter} is {eq}"
                ),
            ),
            asks=("How many liters of {stuff} are in these {jug:liter}?",),
        ),
    ),
)

STRENGTHS = (_REACH, _DRAIN)
