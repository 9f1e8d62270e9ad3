"""Units of measure: what `km/h`, `square feet` or `cents` measure, and how much of it; other words are things counted.

A unit is a product of powers of base dimensions times a factor: `km/h` is length 1, time -1, 1000/3600. A word that is
no unit, as in `5 apples`, is a dimension of its own.
"""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest

import msgspec

from curate.answers.number_words import SCALES

MAX_UNIT_CHARACTERS = 60
MAX_FACTORS = 8

_TABLE = """
length 1 | m meter metre
length 1000 | km kilometer kilometre kms
length 1/10 | dm decimeter decimetre
length 1/100 | cm centimeter centimetre
length 1/1000 | mm millimeter millimetre
length 1/1000000 | µm μm micrometer micrometre micron
length 1/1000000000 | nm nanometer nanometre
length 1609344/1000 | mi mile
length 9144/10000 | yd yard
length 3048/10000 | ft foot feet
length 254/10000 | in inch inches
length 1852 | nmi
length 9460730472580800 | ly lightyear light-year
mass 1 | kg kilogram kilo kgs
mass 1/1000 | g gram gramme
mass 1/1000000 | mg milligram
mass 1/1000000000 | µg μg mcg microgram
mass 1/1000000000000 | ng nanogram
mass 1000 | tonne
mass 45359237/100000000 | lb lbs pound
mass 45359237/1600000000 | oz ounce
time 1 | s sec second secs
time 1/1000 | ms millisecond
time 1/1000000 | µs μs microsecond
time 1/1000000000 | ns nanosecond
time 60 | min minute mins
time 3600 | h hr hour hrs
time 86400 | day
time 604800 | week wk
months 1 | month
months 12 | year yr yrs
months 120 | decade
months 1200 | century centuries
length^3 1/1000 | l L liter litre
length^3 1/1000000 | ml mL milliliter millilitre cc
length^3 1/100000 | cl cL centiliter centilitre
length^3 3785411784/1000000000000 | gal gallon
length^3 3785411784/4000000000000 | qt quart
length^3 3785411784/8000000000000 | pt pint
length^3 3785411784/16000000000000 | cup
length^2 10000 | ha hectare
length^2 40468564224/10000000 | acre
length*time^-1 1609344/3600000 | mph
length*time^-1 1000/3600 | kph kmh
angle 1 | ° deg degree
angle 1/60 | arcminute
angle 1/3600 | arcsecond
radian 1 | rad radian
temperature 1 | K kelvin
celsius 1 | °C celsius
fahrenheit 1 | °F fahrenheit
mass*length*time^-2 1 | N newton
mass*length*time^-2 1000 | kN kilonewton
mass*length^2*time^-2 1 | J Nm joule
mass*length^2*time^-2 1000 | kJ kilojoule
mass*length^2*time^-2 1000000 | MJ megajoule
mass*length^2*time^-2 3600000 | kWh
mass*length^2*time^-2 4184/1000 | cal calorie
mass*length^2*time^-2 4184 | kcal kilocalorie
mass*length^2*time^-2 1602176634/10000000000000000000000000000 | eV electronvolt
mass*length^2*time^-3 1 | W watt
mass*length^2*time^-3 1000 | kW kilowatt
mass*length^2*time^-3 1000000 | MW megawatt
mass*length^2*time^-3 1/1000 | mW milliwatt
mass*length^-1*time^-2 1 | Pa pascal
mass*length^-1*time^-2 1000 | kPa kilopascal
mass*length^-1*time^-2 1000000 | MPa megapascal
mass*length^-1*time^-2 101325 | atm atmosphere
mass*length^-1*time^-2 100000 | bar
time^-1 1 | Hz hertz
time^-1 1000 | kHz kilohertz
time^-1 1000000 | MHz megahertz
time^-1 1000000000 | GHz gigahertz
current 1 | A amp ampere
current 1/1000 | mA milliamp
mass*length^2*time^-3*current^-1 1 | V volt
mass*length^2*time^-3*current^-1 1000 | kV kilovolt
mass*length^2*time^-3*current^-1 1/1000 | mV millivolt
mass*length^2*time^-3*current^-2 1 | Ω Ω ohm
mass*length^2*time^-3*current^-2 1000 | kΩ kΩ kilohm kilo-ohm
mass*length^2*time^-3*current^-2 1000000 | MΩ MΩ megaohm megohm
amount 1 | mol mole
amount 1/1000 | mmol millimole
data 1 | bit
data 8 | B byte
data 8000 | kB KB kilobyte
data 8000000 | MB megabyte
data 8000000000 | GB gigabyte
data 8000000000000 | TB terabyte
dollar 1 | $ dollar USD usd
dollar 1/100 | ¢ cent
euro 1 | € euro EUR
sterling 1 | £ GBP sterling
yen 1 | ¥ JPY yen
rupee 1 | ₹ INR Rs rupee
yuan 1 | CNY RMB yuan renminbi
franc 1 | CHF
canadian 1 | CAD
australian 1 | AUD
percent 1 | % percent pct percentage
"""

Dimensions = tuple[tuple[str, int], ...]
"""Name to power, in order of name."""


class Unit(msgspec.Struct, frozen=True):
    """What is counted or measured, and how much of it one is."""

    dimensions: Dimensions = ()
    """Base dimensions and their powers; a word that is no unit of measure is `:word`."""
    factor: Fraction = Fraction(1)
    """How many base units one is."""
    scale: Fraction = Fraction(1)
    """What words such as `million` and `dozen` multiply the number by."""

    @property
    def is_measure(self) -> bool:
        """Whether all of it is units of measure; else it counts things."""
        return not any(name.startswith(":") for name, _ in self.dimensions)

    def __str__(self) -> str:
        names = ((_BASES.get(name, name.removeprefix(":")), power) for name, power in self.dimensions)
        return " ".join(name if power == 1 else f"{name}^{power}" for name, power in names)


_BASES = {
    "length": "m",
    "mass": "kg",
    "time": "s",
    "current": "A",
    "amount": "mol",
    "data": "bit",
    "temperature": "K",
    "celsius": "°C",
    "fahrenheit": "°F",
    "angle": "°",
    "percent": "%",
    "dollar": "$",
    "euro": "€",
    "sterling": "£",
    "yen": "¥",
    "rupee": "₹",
    "radian": "rad",
}
"""Base dimension to the unit in which it is shown."""


def _dimensions(text: str) -> Dimensions:
    parts = (part.partition("^") for part in text.split("*"))
    return tuple(sorted((name, int(power or 1)) for name, _, power in parts))


def _load() -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for line in _TABLE.strip().splitlines():
        measure, _, names = line.partition(" | ")
        dimensions, factor = measure.split()
        known.update(dict.fromkeys(names.split(), Unit(_dimensions(dimensions), Fraction(factor))))
    return known


SCALE_WORDS = SCALES | {"hundred": 100, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
SCALE_WORDS |= {"k": 1_000, "dozen": 12, "dozens": 12, "pair": 2, "pairs": 2}
_KNOWN = _load()
_FOLDED = {name.lower(): unit for name, unit in reversed(_KNOWN.items())}
_LETTERS = frozenset({"a", "C", "F", "k"})
"""Letters alone that are no variables: the article, degrees, thousands."""
_CLAIMS = frozenset({"is", "are", "was", "were", "not", "or", "but", "than", "isn't"})
"""Words that say something of a number, and name nothing that is counted."""
_FILLERS = frozenset({"of", "the", "a", "an", "about", "total", "only", "more", "each", "approximately"})
_TOKEN = re.compile(
    r"°\s?[CF](?![A-Za-z])|[kM]Ω|[^\W\d_π]+(?:[-'][^\W\d_π]+)*|\^\s*\{?\s*-?[0-9]\s*\}?|[/*.,°$€£¢¥₹%Ω]|\s+"
)


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit | None:
    """Return the unit that `text` is, empty for no unit, or None when it cannot be one."""
    if len(text) > MAX_UNIT_CHARACTERS:
        return None
    words = _words(text)
    if words is None or _CLAIMS & set(words):
        return None
    powers: dict[str, int] = {}
    factor, scale, sign, raised = Fraction(1), Fraction(1), 1, 1
    last: tuple[Unit, int] | None = None
    for word in words:
        if word in {"/", "per"}:
            sign = -1
        elif word in _RAISING:
            raised = _RAISING[word]
        elif word.lower() in SCALE_WORDS and (word != "K" or len(words) > 1):  # alone it is the kelvin
            scale *= SCALE_WORDS[word.lower()]
        elif word[0] == "^" or word in _RAISED:
            if last is None:
                return None
            power = last[1] * ((_RAISED.get(word) or int(word.strip("^{} "))) - 1)
            factor *= last[0].factor ** power
            _multiply(powers, last[0].dimensions, power)
        else:
            last, raised = (lookup(word), sign * raised), 1
            factor *= last[0].factor ** last[1]
            _multiply(powers, last[0].dimensions, last[1])
    return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)), factor, scale)


_RAISING = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}
_RAISED = {"squared": 2, "cubed": 3}


def _words(text: str) -> list[str] | None:
    """Return the words and signs of a unit, or None where something belongs into no unit."""
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or len(found) > MAX_FACTORS:
            return None
        word, place = match[0].replace(" ", ""), match.end()
        if place == len(word) and word in {"*", "/"}:  # it goes on with the number, as in `25*pi`
            return None
        if word == "pi" or (len(word) == 1 and word.isalpha() and word not in _KNOWN and word not in _LETTERS):
            return None
        if word and word not in "*.,":
            found.append("°" if word.lower() in {"degrees", "degree", "deg"} else word)
    for place in range(1, len(found) - 1):
        if found[place] in {"a", "an"} and all(lookup(found[place + side]).is_measure for side in (-1, 1)):
            found[place] = "per"
    return [word for word, after in zip_longest(found, found[1:], fillvalue="") if not _is_idle(word, after)]


def _is_idle(word: str, after: str) -> bool:
    """Say whether a word adds nothing: `of`, `degrees` before Celsius, `in` before another word."""
    if word == "°":
        return after.lower() in {"celsius", "fahrenheit"}
    return word.lower() in _FILLERS or (word == "in" and after[:1].isalpha())


def _multiply(powers: dict[str, int], dimensions: Dimensions, power: int) -> None:
    for name, own in dimensions:
        powers[name] = powers.get(name, 0) + own * power


def lookup(word: str) -> Unit:
    """Return the unit of one word or sign: as it is written, in lower case, or without its plural ending."""
    folded = word.lower()
    for name in (folded, folded.removesuffix("s")):
        unit = _KNOWN.get(word) or _FOLDED.get(name)
        if unit is not None and not (name != folded and len(name) == 1):
            return unit
    return Unit(((f":{_singular(folded)}", 1),))


def is_measure_word(word: str) -> bool:
    """Say whether a word of several letters is a unit of measure, as `cm` is."""
    return len(word) > 1 and word in _KNOWN


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > len("gas") else word


def factors_of(dimensions: Dimensions) -> frozenset[Fraction]:
    """Return the factors of all single units of these dimensions."""
    return _FACTORS.get(dimensions, frozenset())


_FACTORS = {
    dimensions: frozenset(unit.factor for unit in _KNOWN.values() if unit.dimensions == dimensions)
    for dimensions in {unit.dimensions for unit in _KNOWN.values()}
}
