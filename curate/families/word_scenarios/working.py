"""Scenarios about rates of work and flow: machines, a tank."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import Part, Scenario, few, measured, some
from curate.families.word_scenarios.travel import ASIDES, hours

liters = measured("liter")
minutes = measured("minute", grain=4)
items = measured("{item}")

_MACHINES = Scenario(
    "machines",
    words={"item": lists.PARTS, "place": ("factory", "plant", "workshop", "works")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"first": some(20, 90), "second": some(15, 80), "time": few(2, 9)},
            facts=(
                (
                    "In {a}'s {place}, one machine makes {first:{item}} an hour and another makes {second:{item}} an "
                    "hour. Both run for {time:hour}."
                ),
                (
                    "{a} runs two machines in {a.his} {place} for {time:hour}. The old one turns out {first:{item}} "
                    "an hour, the new one {second}."
                ),
            ),
            ops=(
                items(
                    "both",
                    "first + second",
                    "the hourly output of both machines",
                    "in one hour, both together make {eq}",
                ),
                items("made", "both * time", "the output in that time", "in {time:hour} they make {eq}"),
            ),
            other=(
                items("one", "first * time", "the output of the first machine", "alone, the first machine makes {eq}"),
                items("two", "second * time", "the output of the second machine", "the second machine adds {eq}"),
                items("made", "one + two", "the output of both machines in that time"),
            ),
            asks=("How many {item:s} do they make together?", "How many {item:s} are made in that time?"),
        ),
        Part(
            draws={"_more": few(2, 9), "order": "made + second * _more"},
            facts=("{a} has an order for {order:{item}}.", "A customer has ordered {order:{item}}."),
            ops=(
                items(
                    "left",
                    "order - made",
                    "the rest of the order",
                    "of the order, what is missing is {eq}",
                ),
            ),
            asks=("How many {item:s} are still missing for the order?",),
        ),
        Part(
            draws={},
            facts=(
                (
                    "After those {time:hour}, the machine that makes {first} an hour breaks down, and the other one "
                    "finishes the order alone."
                ),
                (
                    "After those {time:hour}, only the machine that makes {second} an hour is used for the rest of "
                    "the order."
                ),
            ),
            ops=(
                hours(
                    "alone",
                    "left / second",
                    "the time for the rest of the order",
                    "at {second:{item}} an hour, the rest takes {eq}",
                ),
            ),
            asks=("How many hours does the rest of the order take?",),
        ),
        Part(
            draws={"pause": few(2, 12)},
            facts=(
                "In between, before it goes on, everything stands still for {pause:hour}.",
                "Between these two spells of work, {pause:hour} are lost with repairs.",
            ),
            ops=(
                hours(
                    "whole",
                    "time + pause + alone",
                    "the time from the start to the end of the order",
                    "the two spells of work and the pause take {eq}",
                ),
            ),
            asks=("How many hours pass from the start until the order is done?",),
        ),
    ),
)

_TANK = Scenario(
    "tank",
    words={"tank": lists.VESSELS, "leak": ("a crack", "a drain", "a hole", "a loose valve", "an old seal", "a leak")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"inflow": some(15, 60), "leak_rate": some(3, 14), "time": some(4, 25)},
            facts=(
                (
                    "{a} fills {tank:a} with {inflow:liter} of water a minute, but through {leak} {leak_rate:liter} a "
                    "minute are lost. The water runs for {time:minute}."
                ),
                (
                    "Water flows into {tank:a} in {a}'s yard at {inflow:liter} a minute, while {leak} lets "
                    "{leak_rate:liter} a minute out. This goes on for {time:minute}."
                ),
            ),
            ops=(
                liters("net", "inflow - leak_rate", "the gain in one minute", "every minute, the {tank} gains {eq}"),
                liters("gained", "net * time", "the gain in {time:minute}", "in {time:minute}, that makes {eq}"),
            ),
            asks=(
                "How many liters does the {tank} gain in that time?",
                "By how many liters does the water in the {tank} increase?",
            ),
        ),
        Part(
            draws={"start": some(30, 300)},
            facts=(
                "At the start, the {tank} held {start:liter}.",
                "There were {start:liter} in the {tank} before that.",
            ),
            ops=(
                liters(
                    "level",
                    "start + gained",
                    "the amount of water in the {tank}",
                    "together with the {start:liter} from before, the {tank} holds {eq}",
                ),
            ),
            asks=("How many liters are in the {tank} after that?",),
        ),
        Part(
            draws={"_room": some(4, 20), "full": "level + inflow * _room"},
            facts=("The {tank} can hold {full:liter}.", "When it is full, the {tank} holds {full:liter}."),
            ops=(
                liters(
                    "room",
                    "full - level",
                    "the amount that is missing",
                    "until the {tank} is full, it still takes {eq}",
                ),
            ),
            asks=("How many liters are then missing until the {tank} is full?",),
        ),
        Part(
            draws={"boost": some(2, 15)},
            facts=(
                "Now the loss is stopped, and the inflow is raised by {boost:liter} a minute.",
                (
                    "{a} stops the loss completely and opens the tap further, so that {boost:liter} a minute more "
                    "flow in than before."
                ),
            ),
            ops=(
                minutes(
                    "last",
                    "room / (inflow + boost)",
                    "the time until the {tank} is full",
                    "with the stronger inflow, the rest takes {eq}",
                ),
            ),
            other=(
                liters("faster", "inflow + boost", "the new inflow in one minute", "each minute now brings {eq}"),
                minutes("last", "room / faster", "the time until the {tank} is full"),
            ),
            asks=("How many minutes does it take from then on until the {tank} is full?",),
        ),
    ),
)

WORKING = (_MACHINES, _TANK)
