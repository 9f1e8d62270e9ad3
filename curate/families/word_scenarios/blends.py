"""Scenarios about mixing by weight, price and parts: a blend, a drink by parts, a nut mix, a dough."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.buying import dollars
from curate.families.word_scenarios.shape import (
    FRACTIONS,
    RATIOS,
    SMALL_PERCENTS,
    Part,
    Scenario,
    few,
    measured,
    one_of,
    some,
)
from curate.families.word_scenarios.solutions import ASIDES, ml, percent

grams = measured("g", grain=4)

_BLEND = Scenario(
    "blend",
    words={"good": lists.BLENDS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "_u": few(1, 4),
                "_v": few(1, 4),
                "_scale": some(2, 8),
                "one": "_u * _scale",
                "two": "_v * _scale",
                "low": few(2, 14),
                "_step": few(1, 3),
                "high": "low + (_u + _v) * _step",
            },
            facts=(
                "{a} blends {one:kg} of {good} at {low:$} per kg with {two:kg} of a better sort at {high:$} per kg.",
                (
                    "For {a.his} shop, {a} mixes two sorts of {good}: {one:kg} that cost {low:$} per kg and {two:kg} "
                    "that cost {high:$} per kg."
                ),
            ),
            ops=(
                dollars("first", "one * low", "the cost of the cheaper sort", "{one:kg} at {low:$} cost {eq}"),
                dollars("second", "two * high", "the cost of the better sort", "{two:kg} at {high:$} cost {eq}"),
                dollars("cost", "first + second", "the cost of the whole blend", "both sorts together cost {eq}"),
            ),
            asks=("How many dollars does the whole blend cost?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                dollars(
                    "per_kg",
                    "cost / (one + two)",
                    "the cost of one kg of the blend",
                    "for each of the {one} + {two} kg, the cost is {eq}",
                ),
            ),
            other=(
                measured("kg")("weight", "one + two", "the weight of the blend", "the blend weighs {eq}"),
                dollars("per_kg", "cost / weight", "the cost of one kg of the blend"),
            ),
            asks=("How many dollars does one kg of the blend cost?",),
        ),
        Part(
            draws={"gain": one_of(10, 20, 25, 40, 50, 60, 75, 80)},
            facts=(
                "{a.He} sells the blend for {gain}% more than that per kg.",
                "To make a profit, {a} adds {gain}% to the cost of each kg.",
            ),
            ops=(
                dollars(
                    "sell",
                    "per_kg * (100 + gain) / 100",
                    "the selling price of one kg",
                    "{gain}% more than {per_kg:$} is {eq}",
                ),
            ),
            other=(
                dollars("profit", "per_kg * gain / 100", "the profit on one kg", "{gain}% of {per_kg:$} is {eq}"),
                dollars("sell", "per_kg + profit", "the selling price of one kg"),
            ),
            asks=("For how many dollars does {a} sell one kg of the blend?",),
        ),
    ),
)

_PARTS = Scenario(
    "parts",
    words={"drink syrup": lists.SYRUPS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "syrup_parts water_parts": RATIOS,
                "_part": some(30, 150, 2),
                "volume": "(syrup_parts + water_parts) * _part",
            },
            facts=(
                (
                    "{a} mixes {volume:ml} of {drink} from {syrup} and water: {syrup_parts} parts of {syrup} to "
                    "{water_parts} parts of water."
                ),
                (
                    "{drink:A} consists of {syrup_parts} parts of {syrup} and {water_parts} parts of water. {a} makes "
                    "{volume:ml} of it."
                ),
            ),
            ops=(
                ml(
                    "part",
                    "volume / (syrup_parts + water_parts)",
                    "the size of one part",
                    "{volume:ml} in {syrup_parts} + {water_parts} parts give {eq} for each part",
                ),
                ml("syrup_ml", "part * syrup_parts", "the amount of {syrup}", "{syrup_parts} of these parts are {eq}"),
            ),
            asks=("How many ml of {syrup} does {a} need?", "How many ml of {syrup} go into it?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(ml("water", "volume - syrup_ml", "the amount of water", "the rest is water: {eq}"),),
            asks=("How many ml of water are in it?", "How many ml of water does {a} need?"),
        ),
        Part(
            draws={"_syrup_share": few(4, 60), "more": "syrup_ml * 100 / _syrup_share - volume"},
            keeps=("volume - more",),
            facts=(
                "Because it is too sweet, {a} adds {more:ml} of water.",
                "{b} finds it too strong and pours in {more:ml} of water.",
            ),
            ops=(
                ml(
                    "diluted",
                    "water + more",
                    "the new amount of water",
                    "with the added water there are {eq} of water",
                ),
            ),
            asks=("How many ml of water are in the drink then?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                percent(
                    "share",
                    "diluted * 100 / (volume + more)",
                    "the share of water in the drink",
                    "of {volume} + {more} ml in all, the water makes up {eq}",
                ),
            ),
            asks=("What percentage of the drink is water in the end, not counting any water in the {syrup} itself?",),
        ),
    ),
)

_NUTS = Scenario(
    "nuts",
    words={"nut": lists.NUTS, "fruit": lists.FRUITS, "bag": ("bag", "box", "jar", "tin", "packet")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"weight": some(200, 900, 10), "num den": FRACTIONS},
            facts=(
                "{a} has {bag:a} with {weight:g} of trail mix. By weight, {num}/{den} of it are {nut}.",
                (
                    "{bag:A} of trail mix weighs {weight:g} without the packing, and {a} reads that {num}/{den} of "
                    "this weight are {nut}."
                ),
            ),
            ops=(
                grams("nuts", "weight * num/den", "the weight of the {nut}", "{num}/{den} of {weight:g} is {eq}"),
                grams(
                    "rest", "weight - nuts", "the weight of everything else", "without the {nut}, what is left is {eq}"
                ),
            ),
            asks=("How many grams of the mix are not {nut}?", "How many grams does everything but the {nut} weigh?"),
        ),
        Part(
            draws={"kinds": few(2, 8)},
            facts=(
                "The rest consists of equal weights of {kinds} kinds of fruit, and {fruit} are one of them.",
                "Everything else is {kinds} kinds of fruit, {fruit} among them, in equal amounts by weight.",
            ),
            ops=(
                grams(
                    "each",
                    "rest / kinds",
                    "the weight of the {fruit}",
                    "with {kinds} equal kinds, the {fruit} weigh {eq}",
                ),
            ),
            asks=("How many grams of {fruit} are in the mix?",),
        ),
        Part(
            draws={"_share": few(4, 60), "add": "(weight - each) * 100 / (100 - _share) - weight"},
            keeps=("weight / 2 - add", "add - 5"),
            facts=("{a} then stirs in another {add:g} of {fruit}.", "{a} likes {fruit} and adds {add:g} of them."),
            ops=(grams("more", "each + add", "the new weight of the {fruit}", "now the {fruit} weigh {eq}"),),
            asks=("How many grams of {fruit} are in the mix then?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                percent(
                    "share",
                    "more * 100 / (weight + add)",
                    "the share of {fruit} by weight",
                    "of {weight} + {add} g in all, the {fruit} make up {eq}",
                ),
            ),
            asks=("What percentage of the weight of the mix are the {fruit} in the end?",),
        ),
    ),
)

_DOUGH = Scenario(
    "dough",
    words={"bread extra": lists.DOUGHS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"serves": few(2, 12), "_per": few(30, 140, 5), "flour": "serves * _per", "guests": some(3, 20)},
            facts=(
                (
                    "A recipe for {bread} takes {flour:g} of flour for {serves} people. {a} uses it to bake for "
                    "{guests} people."
                ),
                (
                    "To bake {bread} for {serves} people, {a} needs {flour:g} of flour. Now {a.he} expects {guests} "
                    "people."
                ),
            ),
            ops=(
                grams("each", "flour / serves", "the flour for one person", "for one person, the recipe takes {eq}"),
                grams(
                    "scaled", "each * guests", "the flour for {guests} people", "for {guests} people, that makes {eq}"
                ),
            ),
            keeps=("(serves - guests) * (serves - guests)",),
            asks=("How many grams of flour does {a} need?", "How many grams of flour are needed for {guests} people?"),
        ),
        Part(
            draws={"add": some(30, 300, 10)},
            facts=(
                "To this flour {a.he} adds {add:g} of {extra} and nothing else.",
                "Into the flour goes {add:g} of {extra}, and that is the whole dry mix.",
            ),
            ops=(grams("mix", "scaled + add", "the weight of the mix", "flour and {extra} together weigh {eq}"),),
            asks=("How many grams does the mix weigh?",),
        ),
        Part(
            draws={"loss": SMALL_PERCENTS},
            facts=(
                "{loss}% of the mix sticks to the bowl and is lost.",
                "While stirring, {a} spills {loss}% of the mix.",
            ),
            ops=(
                grams("kept", "mix * (100 - loss) / 100", "the weight that remains", "what remains of the mix is {eq}"),
            ),
            other=(
                grams("lost", "mix * loss / 100", "the weight that is lost", "{loss}% of {mix:g} is {eq}"),
                grams("kept", "mix - lost", "the weight that remains"),
            ),
            asks=("How many grams of the mix remain?",),
        ),
        Part(
            draws={"pieces": few(3, 24)},
            facts=(
                "The remaining mix is shared equally among {pieces} molds.",
                "{a} puts equal amounts of what remains into {pieces} baking tins.",
            ),
            ops=(
                grams(
                    "piece",
                    "kept / pieces",
                    "the weight of one portion",
                    "each of the {pieces} equal portions weighs {eq}",
                ),
            ),
            asks=("How many grams is one of these equal portions?",),
        ),
    ),
)

BLENDS = (_BLEND, _PARTS, _NUTS, _DOUGH)
