"""Scenarios about rates on the road: a trip, fuel."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.buying import dollars
from curate.families.word_scenarios.shape import FRACTIONS, Aside, Part, Scenario, few, measured, one_of, some

km = measured("km", grain=4)
hours = measured("hour", grain=4, least=1)
speed = measured("km per hour", grain=4)

ASIDES = (
    Aside("{a} turned {noise} last month.", "how old {a} is"),
    Aside("There are {noise:song} on {a}'s playlist.", "how many songs {a} has"),
    Aside("{a} has {noise:coin} in {a.his} pocket.", "how many coins {a} carries"),
    Aside("It is day {noise} of the year.", "which day of the year it is"),
    Aside("{a} wears a shirt with the number {noise}.", "which number is on the shirt"),
)

_TRIP = Scenario(
    "trip",
    words={"goal": lists.GOALS},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "speed": few(50, 110, 5),
                "time": few(2, 6),
                "_rest": few(60, 480, 20),
                "dist": "speed * time + _rest",
            },
            facts=(
                (
                    "{a} drives to {goal}, which is {dist:km} away. For the first {time:hour} {a.he} drives at "
                    "{speed:km} per hour."
                ),
                (
                    "The way to {goal} is {dist:km} long. {a} sets out by car and covers {speed:km} an hour for "
                    "{time:hour}."
                ),
                (
                    "{a} is on a drive of {dist:km} to {goal} and travels at {speed:km} per hour for the first "
                    "{time:hour}."
                ),
            ),
            ops=(
                km(
                    "done",
                    "speed * time",
                    "the distance covered so far",
                    "in {time:hour} at that speed, {a} covers {eq}",
                ),
                km("left", "dist - done", "the distance still to go", "of {dist:km}, what is left is {eq}"),
            ),
            asks=("How many km are left after that?", "How many km does {a} then still have to drive?"),
        ),
        Part(
            draws={"later": few(40, 110, 10)},
            facts=(
                "After that {a.he} drives at {later:km} per hour.",
                "On the rest of the way {a.his} speed is {later:km} per hour.",
            ),
            ops=(
                hours(
                    "rest",
                    "left / later",
                    "the time for the rest of the way",
                    "at {later:km} per hour the rest takes {eq}",
                ),
            ),
            asks=("How many hours does the rest of the way take?",),
        ),
        Part(
            draws={"pause": few(1, 3)},
            facts=(
                "Between the two stretches, {a} takes a break of {pause:hour}.",
                "Along the way, {a} stops for {pause:hour} in all.",
            ),
            ops=(
                hours(
                    "whole",
                    "time + rest + pause",
                    "the time from start to arrival",
                    "both stretches and the break together take {eq}",
                ),
            ),
            other=(
                hours("moving", "time + rest", "the time spent driving", "{a} is driving for {eq}"),
                hours(
                    "whole", "moving + pause", "the time from start to arrival", "with the break added, that makes {eq}"
                ),
            ),
            asks=("How many hours pass from the start to the arrival at {goal}?",),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(
                speed(
                    "average",
                    "dist / whole",
                    "the average speed over the whole time, break included",
                    "{dist:km} in {whole:hour} make an average of {eq}",
                ),
            ),
            asks=(
                (
                    "What is {a}'s average speed in km per hour from the start to the arrival, with the break counted "
                    "in?"
                ),
                "Counting the break as well, how many km per hour does {a} cover on average on the whole journey?",
            ),
        ),
    ),
)

_FUEL = Scenario(
    "fuel",
    words={"car": ("camper van", "car", "minibus", "old jeep", "pickup truck", "rental car"), "goal": lists.GOALS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"per": few(6, 22), "_liters": few(10, 45), "dist": "per * _liters", "price": one_of(2, 3, 4)},
            facts=(
                (
                    "{a}'s {car} goes {per:km} on a liter of fuel. {a} drives {dist:km} to {goal}, and a liter costs "
                    "{price:$}."
                ),
                (
                    "The drive to {goal} is {dist:km}. {a}'s {car} needs one liter of fuel for every {per:km}, at "
                    "{price:$} a liter."
                ),
            ),
            ops=(
                measured("liter", grain=2)(
                    "liters", "dist / per", "the amount of fuel", "for {dist:km} the {car} needs {eq}"
                ),
                dollars(
                    "fuel", "liters * price", "the price of the fuel", "{liters:liter} at {price:$} a liter cost {eq}"
                ),
            ),
            asks=("How many dollars does the fuel cost?", "How many dollars does {a} spend on fuel?"),
        ),
        Part(
            draws={"toll": some(6, 40)},
            facts=("Tolls and parking add {toll:$}.", "There is also a toll of {toll:$} to pay on the way."),
            ops=(dollars("sum", "fuel + toll", "the cost of the drive", "fuel and toll together cost {eq}"),),
            asks=("How many dollars does the drive cost in all?",),
        ),
        Part(
            draws={"heads": few(2, 7)},
            facts=(
                "The {heads} people in the {car} share all of this equally.",
                "{a} and the others, {heads} in all, share the whole cost equally.",
            ),
            ops=(dollars("share", "sum / heads", "the share of one person", "shared by {heads}, that is {eq} each"),),
            asks=("How many dollars does each of them pay?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "For {a}, that share is {num}/{den} of {a.his} travel money.",
                "To pay a share, {b} needs {num}/{den} of the travel money in {b.his} purse.",
            ),
            ops=(
                dollars(
                    "money",
                    "share / (num/den)",
                    "the travel money",
                    "{share:$} is {num}/{den} of the travel money, so all of it is {eq}",
                ),
            ),
            asks=(
                "How many dollars was this travel money before paying?",
                "How many dollars of travel money were there at first?",
            ),
        ),
    ),
)

TRAVEL = (_TRIP, _FUEL)
