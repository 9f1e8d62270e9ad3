"""Scenarios about strengths of mixtures: adding the pure stuff, diluting, pouring together."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import Aside, Part, Scenario, few, measured, one_of, some

ml = measured("ml", grain=4)
percent = measured("percent", grain=2, most=99)

ASIDES = (
    Aside("{a} turned {noise} this autumn.", "how old {a} is"),
    Aside("{a} has been doing such work for {noise:week}.", "how long {a} has been doing this"),
    Aside("The room is {noise} square meters large.", "how large the room is"),
    Aside("On the shelf there are {noise:jar}.", "how many jars there are on the shelf"),
    Aside("{a} has known {b} for {noise:month}.", "how long {a} has known {b}"),
)
PER_CENTS = one_of(4, 5, 6, 8, 10, 12, 15, 16, 18, 20, 24, 25, 30, 32, 35, 36, 40, 45, 48, 50, 55, 60, 65, 70, 75, 80)

_PURE = Scenario(
    "pure",
    words={"drink stuff": lists.LIQUIDS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "base": some(180, 900, 20),
                "strength": PER_CENTS,
                "_share": PER_CENTS,
                "add": "base * (100 - strength) / (100 - _share) - base",
            },
            keeps=("base - add",),
            facts=(
                "{a} has {base:ml} of {drink:a} that is {strength}% {stuff}, and pours in {add:ml} of pure {stuff}.",
                "To {base:ml} of {drink:a} with {strength}% {stuff} in it, {a} adds {add:ml} of pure {stuff}.",
            ),
            ops=(
                ml(
                    "before",
                    "base * strength / 100",
                    "the amount of {stuff} at first",
                    "{strength}% of {base:ml} is {eq}",
                ),
                ml(
                    "after",
                    "before + add",
                    "the new amount of {stuff}",
                    "together with the pure {stuff}, that makes {eq}",
                ),
            ),
            asks=(
                "How many ml of {stuff} are in the mixture?",
                "How many ml of {stuff} does the mixture contain then?",
            ),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                percent(
                    "stronger",
                    "after * 100 / (base + add)",
                    "the share of {stuff} in the mixture",
                    "of {base} + {add} ml in all, the {stuff} makes up {eq}",
                ),
            ),
            other=(
                ml("volume", "base + add", "the volume of the mixture", "the whole mixture has {eq}"),
                percent("stronger", "after * 100 / volume", "the share of {stuff} in the mixture"),
            ),
            asks=("What percentage of the mixture is {stuff} then?", "How many percent of the mixture are {stuff}?"),
        ),
        Part(
            draws={"sample": some(40, 200, 10)},
            facts=(
                "{a.He} fills {sample:ml} of the mixture into a bottle.",
                "For {b}, {a.he} takes out {sample:ml} of the well-stirred mixture.",
            ),
            ops=(
                ml(
                    "inside",
                    "sample * stronger / 100",
                    "the amount of {stuff} in these {sample:ml}",
                    "{stronger}% of {sample:ml} is {eq}",
                ),
            ),
            asks=("How many ml of {stuff} are in these {sample:ml}?",),
        ),
        Part(
            draws={"_share": PER_CENTS, "water": "inside * 100 / _share - sample"},
            keeps=("3 * sample - water",),
            facts=(
                "Then {water:ml} of water go into these {sample:ml}.",
                "These {sample:ml} are then thinned with {water:ml} of water.",
            ),
            ops=(
                percent(
                    "weaker",
                    "inside * 100 / (sample + water)",
                    "the share of {stuff} after adding the water",
                    "in {sample} + {water} ml, the share of {stuff} is {eq}",
                ),
            ),
            asks=("How many percent {stuff} does the thinned part contain?",),
        ),
    ),
)

_DILUTE = Scenario(
    "dilute",
    words={"drink stuff": lists.LIQUIDS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"base": some(100, 800, 10), "strength": PER_CENTS, "target": PER_CENTS},
            facts=(
                (
                    "{a} dilutes {base:ml} of {drink:a} that is {strength}% {stuff} with water until it is only "
                    "{target}% {stuff}."
                ),
                (
                    "{drink:A} is {strength}% {stuff}. {a} takes {base:ml} of it and adds water until the share of "
                    "{stuff} is {target}%."
                ),
            ),
            ops=(
                ml(
                    "pure",
                    "base * strength / 100",
                    "the amount of {stuff}",
                    "{strength}% of {base:ml} is {eq}, which stays the same",
                ),
                ml(
                    "volume",
                    "pure * 100 / target",
                    "the volume after diluting",
                    "if {pure:ml} are {target}%, the whole is {eq}",
                ),
            ),
            keeps=("strength - target",),
            asks=("How many ml are there after diluting?", "What is the volume of the diluted mixture, in ml?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                ml(
                    "water",
                    "volume - base",
                    "the amount of water added",
                    "beyond the {base:ml} at first, the water makes {eq}",
                ),
            ),
            asks=("How many ml of water does {a} add?",),
        ),
        Part(
            draws={"times": some(3, 12)},
            facts=(
                "{a.He} prepares the same amount of this diluted mixture {times} times in all.",
                "That week {a.he} prepares this diluted mixture {times} times in the same way.",
            ),
            ops=(
                ml(
                    "all_water",
                    "water * times",
                    "the amount of water for all {times} times",
                    "{times} times {water:ml} is {eq}",
                ),
            ),
            asks=("How many ml of water does {a} need for that altogether?",),
        ),
        Part(
            draws={"can": one_of(50, 60, 75, 80, 100, 120, 125, 150, 200, 250)},
            facts=(
                "All the water is poured with a cup that holds {can:ml}.",
                "The water comes from bottles with {can:ml} each, and they are all emptied.",
            ),
            ops=(
                measured("", most=200)(
                    "cans",
                    "all_water / can",
                    "the number of fillings of {can:ml}",
                    "{all_water:ml} make {eq} fillings of {can:ml}",
                ),
            ),
            asks=("How many fillings of {can:ml} does that take?",),
        ),
    ),
)

_JOIN = Scenario(
    "join",
    words={"drink stuff": lists.LIQUIDS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "_u": few(1, 5),
                "_v": few(1, 5),
                "_scale": some(40, 160, 20),
                "one": "_u * _scale",
                "two": "_v * _scale",
                "weak": PER_CENTS,
                "_step": few(-8, 8),
                "strong": "weak + (_u + _v) * _step",
            },
            facts=(
                (
                    "{a} mixes {one:ml} of {drink:a} that is {weak}% {stuff} with {two:ml} of one that is {strong}% "
                    "{stuff}."
                ),
                (
                    "{one:ml} of {drink:a} with {weak}% {stuff} and {two:ml} of another with {strong}% {stuff} are "
                    "poured together by {a}."
                ),
            ),
            ops=(
                ml("first", "one * weak / 100", "the {stuff} in the first liquid", "{weak}% of {one:ml} is {eq}"),
                ml("second", "two * strong / 100", "the {stuff} in the second liquid", "{strong}% of {two:ml} is {eq}"),
                ml(
                    "pure",
                    "first + second",
                    "the amount of {stuff} in the mixture",
                    "both liquids together bring {eq} of {stuff}",
                ),
            ),
            keeps=("(weak - strong) * (weak - strong)", "90 - strong", "strong - 3"),
            asks=("How many ml of {stuff} are in the mixture?", "How many ml of {stuff} does the mixture contain?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                percent(
                    "share",
                    "pure * 100 / (one + two)",
                    "the share of {stuff} in the mixture",
                    "of {one} + {two} ml in all, the {stuff} makes up {eq}",
                ),
            ),
            asks=("What percentage of the mixture is {stuff}?", "How many percent of the mixture are {stuff}?"),
        ),
        Part(
            draws={"glass": some(50, 300, 10)},
            facts=(
                "{b} gets {glass:ml} of the mixture.",
                "{a.He} fills {glass:ml} of the mixture into a small bottle.",
            ),
            ops=(
                ml(
                    "inside",
                    "glass * share / 100",
                    "the amount of {stuff} in these {glass:ml}",
                    "{share}% of {glass:ml} is {eq}",
                ),
            ),
            asks=("How many ml of {stuff} are in these {glass:ml}?",),
        ),
    ),
)

SOLUTIONS = (_PURE, _DILUTE, _JOIN)
