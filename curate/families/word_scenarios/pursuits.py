"""Scenarios about two on one road: they meet, or one catches up."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import FRACTIONS, Part, Scenario, few, some
from curate.families.word_scenarios.travel import ASIDES, hours, km, speed

_MEETING = Scenario(
    "meeting",
    words={"kin": lists.KIN, "ride": ("cycle", "ride their bikes", "travel by bike")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"first": few(10, 29), "second": few(9, 28), "_time": few(2, 7), "dist": "(first + second) * _time"},
            facts=(
                (
                    "{a} and {a.his} {kin} {b} live {dist:km} apart. They set out from home at the same moment and "
                    "{ride} towards each other, {a} at {first:km} per hour and {b} at {second:km} per hour."
                ),
                (
                    "The houses of {a} and {b} are {dist:km} apart. Both leave home at noon on the same road and "
                    "{ride} until they meet: {a} covers {first:km} an hour, {b} {second:km} an hour."
                ),
            ),
            ops=(
                speed(
                    "closing",
                    "first + second",
                    "the speed at which they approach each other",
                    "the gap between them shrinks at {eq}",
                ),
                hours("time", "dist / closing", "the time until they meet", "a gap of {dist:km} is closed after {eq}"),
            ),
            asks=("After how many hours do they meet?", "How many hours pass until they meet?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(km("own", "first * time", "the distance {a} has covered by then", "in that time {a} covers {eq}"),),
            asks=("How many km has {a} covered when they meet?", "How many km from {a}'s house do they meet?"),
        ),
        Part(
            draws={},
            facts=(
                "After they have met, {a} goes on to {b}'s house.",
                "{a} then continues all the way to {b}'s house.",
            ),
            ops=(
                km("rest", "dist - own", "the distance left for {a}", "of the {dist:km}, what is left for {a} is {eq}"),
            ),
            asks=("How many km does {a} still have to go after they meet?",),
        ),
        Part(
            draws={"slow": few(7, 25)},
            facts=(
                "On this last stretch {a} only manages {slow:km} per hour.",
                "For that, {a} slows down to {slow:km} per hour.",
            ),
            ops=(
                hours(
                    "last", "rest / slow", "the time for the last stretch", "{rest:km} at {slow:km} per hour take {eq}"
                ),
            ),
            keeps=("first - slow",),
            asks=("How many hours does {a} need from where they meet to {b}'s house?",),
        ),
    ),
)

_CHASE = Scenario(
    "chase",
    words={"way": ("river", "coast", "canal", "valley", "old railway", "lake shore"), "kin": lists.KIN},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "slow": few(8, 22),
                "_more": few(2, 9),
                "fast": "slow + _more",
                "_time": few(2, 8),
                "ahead": "(fast - slow) * _time",
            },
            facts=(
                (
                    "{b} cycles along the {way} at {slow:km} per hour. {a}, who is {ahead:km} behind, follows at "
                    "{fast:km} per hour."
                ),
                (
                    "On the path along the {way}, {a} is {ahead:km} behind {a.his} {kin} {b}. {a} rides {fast:km} an "
                    "hour, {b} rides {slow:km} an hour in the same direction."
                ),
            ),
            ops=(
                speed("gain", "fast - slow", "the difference of the two speeds", "{a} gains on {b} at {eq}"),
                hours(
                    "time", "ahead / gain", "the time until {a} catches up", "a lead of {ahead:km} is gone after {eq}"
                ),
            ),
            asks=("After how many hours does {a} catch up with {b}?", "How many hours does {a} need to catch up?"),
        ),
        Part(
            draws={},
            facts=("",),
            ops=(km("own", "fast * time", "the distance {a} rides until then", "up to that point {a} rides {eq}"),),
            asks=("How many km does {a} ride until {a.he} catches up with {b}?",),
        ),
        Part(
            draws={"joint": some(5, 40)},
            facts=(
                "When {a} has caught up, they ride on together for {joint:km} to the end of {a}'s tour.",
                "Once {a.he} has caught up, both ride another {joint:km} side by side, and then {a} stops.",
            ),
            ops=(km("tour", "own + joint", "the whole distance that {a} rides", "adding the joint ride gives {eq}"),),
            asks=("How many km does {a} ride in all?",),
        ),
        Part(
            draws={"num den": FRACTIONS},
            facts=(
                "All this is {num}/{den} of what {a} wants to ride this month.",
                "With all that, {a} has done {num}/{den} of what {a.he} plans to ride this month.",
            ),
            ops=(
                km(
                    "goal",
                    "tour / (num/den)",
                    "the distance planned for the month",
                    "{tour:km} are {num}/{den} of the plan, so the whole plan is {eq}",
                ),
            ),
            asks=("How many km does {a} want to ride this month?",),
        ),
    ),
)

PURSUITS = (_MEETING, _CHASE)
