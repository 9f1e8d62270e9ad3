r"""One value in many notations, and the nearest wrong values: from which pairs of both directions are made.

Every two notations of a value must be the same, and none of them may be the same as a nearest wrong value.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple


class Value(NamedTuple):
    """One value of one type."""

    kind: str
    notations: tuple[str, ...]
    wrong: tuple[str, ...]
    asked: str | None = None
    """The type that the problem states."""
    problem: str | None = None


class Case(NamedTuple):
    """A pair, and what is true of it."""

    kind: str
    gold: str
    answer: str
    same: bool
    asked: str | None
    problem: str | None


OPTIONS = "Which is the capital of France?\n(A) Rome\n(B) Paris\n(C) Lyon, in the south\n(D) None of these"

VALUES = (
    Value(
        "integer",
        ("42", "42.", "+42", "42.0", "$42$", r"\boxed{42}", "**42**", "forty-two", "x = 42", r"\text{42}"),
        ("24", "-42", "43", "4.2", "420"),
    ),
    Value(
        "integer",
        ("-7", "\u22127", "$-7$", "-7.0", "(-7)", r"\(-7\)", "x=-7", "- 7"),
        ("7", "-70", "-6", "-0.7"),
    ),
    Value(
        "integer",
        (
            "1000000",
            "1,000,000",
            "1 000 000",
            "10^6",
            "1e6",
            "10^{6}",
            "1 million",
            "1.000.000",
            "1'000'000",
            "1{,}000{,}000",
            r"1\,000\,000",
            "one million",
        ),
        ("100000", "10000000", "1,000,001"),
    ),
    Value(
        "integer",
        ("12345", "12,345", "12{,}345", r"12,\!345", "12 345", "12345.0", "$12345$"),
        ("12354", "1234.5", "12,346", "123,450"),
    ),
    Value(
        "integer",
        ("1234567", "1,234,567", "12,34,567", "1 234 567", "1.234.567"),
        ("1234576", "1,234,568", "123456"),
    ),
    Value(
        "decimal",
        ("3.5", "3.50", "7/2", r"\frac{7}{2}", r"3\frac{1}{2}", "3 1/2", "3\u00bd", r"\dfrac72", "3.5.", "3 and 1/2"),
        ("3.6", "5.3", "2/7", "35", "-3.5"),
    ),
    Value(
        "decimal",
        ("0.125", ".125", "1/8", r"\frac18", r"\tfrac{1}{8}", "1.25e-1", r"1.25 \times 10^{-1}", "0.1250", "0,125"),
        ("0.25", "1/9", "0.152", "1.25"),
    ),
    Value(
        "decimal",
        ("-2.75", "-11/4", r"-\frac{11}{4}", r"\frac{-11}{4}", "-2 3/4", "\u22122.75"),
        ("2.75", "-4/11", "-2.57"),
    ),
    Value(
        "fraction",
        (
            "2/3",
            r"\frac{2}{3}",
            r"\frac23",
            "4/6",
            r"\dfrac{2}{3}",
            r"\frac{4}{6}",
            r"\cfrac{2}{3}",
            "\u2154",
            "two thirds",
            r"\left(\frac{2}{3}\right)",
            "2 / 3",
        ),
        ("3/2", "2/5", "1/3", "-2/3"),
    ),
    Value(
        "mixed",
        ("2 1/4", r"2\frac{1}{4}", "9/4", "2.25", "2\u00bc", r"2 \frac14", "2 and 1/4"),
        ("2 1/2", "21/4", "1/2", "4/9"),
    ),
    Value(
        "percent",
        ("12%", r"12\%", "12 percent", "12 %", r"12\,\%", "12 pct", "12.0%"),
        ("13%", "1.2%", "21%", "120%"),
    ),
    Value(
        "percent",
        ("12%", "12", "12 percent", r"$12\%$", "x = 12"),
        ("13", "21%", "1.2"),
        asked="percent",
    ),
    Value(
        "share",
        ("10%", "0.1", "1/10", r"\frac{1}{10}", "10 percent", ".10"),
        ("10", "1%", "0.01", "1"),
        asked="share",
    ),
    Value(
        "share",
        ("0.25", "25%", "1/4", r"25\%"),
        ("25", "2.5%", "1/5"),
        problem="What is the probability of drawing a heart?",
    ),
    Value(
        "money",
        ("$3.50", r"\$3.50", "3.50 dollars", "$3.5", "350 cents", "3.5 USD", "US$3.50", "$ 3.50"),
        ("$3.05", "350 dollars", "\u20ac3.50", "$35"),
    ),
    Value(
        "money",
        ("$1,250,000", "$1.25 million", "1250000 dollars", "$1250000", "1.25 million dollars"),
        ("$1,250", "$125,000", "1.25 billion dollars"),
    ),
    Value(
        "money",
        ("\u20ac20", "20 euros", "20 \u20ac", "\u20ac20.00", "20 EUR"),
        ("\u20ac2", "$20", "\u20ac200"),
    ),
    Value(
        "units",
        (
            "5 km",
            "5 kilometers",
            "5000 m",
            r"5\text{ km}",
            "5km",
            r"5 \mathrm{km}",
            "5,000 meters",
            "500000 cm",
            "5.0 km",
            "5 kilometres",
        ),
        ("5 m", "50 km", "5 miles", "5 kg", "500 m"),
    ),
    Value(
        "units",
        (
            "90 minutes",
            "1.5 hours",
            "1 hour 30 minutes",
            "1 hour and 30 minutes",
            "5400 seconds",
            "90 min",
            "1 1/2 hours",
            "1.5 h",
        ),
        ("130 minutes", "9 minutes", "90 seconds", "1 hour 3 minutes", "90 hours"),
    ),
    Value(
        "units",
        (
            "15 cm^2",
            "15 square centimeters",
            r"15\text{ cm}^2",
            "15 cm\u00b2",
            "1500 mm^2",
            r"15\,\mathrm{cm}^{2}",
            "15 sq cm",
        ),
        ("15 cm", "150 cm^2", "15 m^2", "15 cm^3"),
    ),
    Value(
        "units",
        ("60 km/h", "60 kilometers per hour", "60 kph", r"60\text{ km/h}", "1 km/min"),
        ("60 mph", "6 km/h", "60 m/s", "60 km"),
    ),
    Value(
        "units",
        ("2 kg", "2000 g", "2 kilograms", "2,000 grams", "2.0 kg"),
        ("2 g", "20 kg", "2 lb", "200 g"),
    ),
    Value(
        "units",
        ("25 \u00b0C", "77 \u00b0F", "25 degrees Celsius", r"25^\circ\text{C}", "25\u00b0C"),
        ("25 \u00b0F", "77 \u00b0C", "26 \u00b0C"),
    ),
    Value(
        "units",
        ("3 liters", "3 L", "3000 mL", "3 litres", "3000 cm^3"),
        ("3 mL", "30 L", "300 mL", "3 gallons"),
    ),
    Value(
        "counts",
        ("7 apples", "7", "seven apples", "7 red apples", "7.0 apples", r"7\text{ apples}"),
        ("17 apples", "8", "6 apples"),
    ),
    Value(
        "counts",
        ("24 eggs", "24", "2 dozen", "2 dozen eggs"),
        ("12 eggs", "42", "3 dozen"),
    ),
    Value(
        "angle",
        ("45\u00b0", "45 degrees", r"45^\circ", r"45^{\circ}", "45"),
        ("54\u00b0", "135\u00b0", "4.5 degrees"),
    ),
    Value(
        "scientific",
        (
            "6.02e23",
            r"6.02 \times 10^{23}",
            "6.02*10^23",
            r"6.02\cdot10^{23}",
            "6.02 x 10^23",
            "6.02 \u00d7 10\u00b2\u00b3",
        ),
        ("6.02e22", r"6.20 \times 10^{23}", r"6.02 \times 10^{-23}"),
    ),
    Value(
        "scientific",
        ("0.00045", "4.5e-4", r"4.5 \times 10^{-4}", "4.5*10^(-4)"),
        ("4.5e-5", "4.5e4", "0.0045"),
    ),
    Value(
        "ratio",
        ("3:2", "6:4", "3 : 2", "3 to 2", "$3:2$", "1.5:1", "9:6"),
        ("2:3", "3:5", "3:1"),
    ),
    Value(
        "ratio",
        ("3:2", "3/2", "1.5", r"\frac{3}{2}", "6:4"),
        ("2/3", "2:3", "3/5"),
        asked="ratio",
    ),
    Value(
        "ratio",
        ("1:2:3", "2:4:6", "1 : 2 : 3"),
        ("3:2:1", "1:2:4", "1:2"),
    ),
    Value(
        "time",
        ("2:30 pm", "2:30 p.m.", "14:30", "2:30PM", "02:30 PM", "14:30:00", "14h30"),
        ("2:30 am", "2:03 pm", "3:30 pm", "14:03"),
    ),
    Value(
        "time",
        ("12:30", "12:30", "$12:30$", "12:30:00"),
        ("12:31", "1:30", "12:03"),
    ),
    Value(
        "time",
        ("9 am", "9:00 am", "09:00", "9 a.m.", "9:00 a.m."),
        ("9 pm", "8 am", "21:00"),
    ),
    Value(
        "time",
        ("noon", "12:00 pm", "12 pm", "12 noon"),
        ("midnight", "12 am", "11 am"),
    ),
    Value(
        "date",
        ("May 3, 2024", "3 May 2024", "2024-05-03", "May 3rd, 2024", "3rd of May 2024", "Friday, May 3, 2024"),
        ("May 4, 2024", "3 June 2024", "2023-05-03", "2024-05-04"),
    ),
    Value(
        "date",
        ("05/03/2024", "5/3/2024", "May 3, 2024", "2024-05-03"),
        ("03/05/2024", "05/04/2024", "05/03/2023"),
        asked="date",
        problem="What is the date one week ago in MM/DD/YYYY?",
    ),
    Value(
        "date",
        ("December 25", "25 December", "Dec 25", "25th of December", "December 25th"),
        ("December 24", "25 November"),
    ),
    Value(
        "interval",
        (
            "[0,1)",
            "[0, 1)",
            r"\left[0,1\right)",
            "0 <= x < 1",
            r"0 \le x < 1",
            r"x \in [0,1)",
            "1 > x >= 0",
            "x >= 0 and x < 1",
        ),
        ("(0,1)", "[0,1]", "(0,1]", "[0,2)", "0 < x < 1"),
    ),
    Value(
        "interval",
        (r"(-\infty, 2]", "x <= 2", r"x \leq 2", "2 >= x", "(-inf, 2]", r"x \in (-\infty,2]", "2x <= 4"),
        (r"(-\infty, 2)", "x >= 2", "x < 2", r"[2, \infty)", "x <= -2"),
    ),
    Value(
        "interval",
        (
            r"(-\infty,-1) \cup (3,\infty)",
            "x < -1 or x > 3",
            r"x \in (-\infty,-1)\cup(3,\infty)",
            r"(3,\infty) \cup (-\infty,-1)",
        ),
        ("(-1,3)", "x < -1 or x >= 3", "x < -3 or x > 1"),
    ),
    Value(
        "interval",
        ("(1, 5)", "1 < x < 5", "5 > x > 1"),
        ("1 <= x <= 5", "[1,5]", "(1,6)", "1 < x < 6"),
        asked="interval",
    ),
    Value(
        "tuple",
        (
            "(1, 2)",
            "(1,2)",
            r"\left(1,2\right)",
            "(x, y) = (1, 2)",
            "(1; 2)",
            "$(1, 2)$",
            "(1.0, 2)",
            r"(\frac{2}{2}, 2)",
        ),
        ("(2, 1)", "(1, 3)", "(1, 2, 3)", "(-1, 2)"),
    ),
    Value(
        "tuple",
        (r"\left(3, \frac{\pi}{2}\right)", r"(3, \pi/2)", r"(3, \frac12\pi)"),
        (r"(\frac{\pi}{2}, 3)", r"(3, \pi)", r"(2, \frac{\pi}{3})"),
    ),
    Value(
        "tuple",
        ("(37, 3, 13)", "37, 3, 13", "(37,3,13)", "37; 3; 13"),
        ("(3, 37, 13)", "(37, 3, 31)"),
        asked="tuple",
    ),
    Value(
        "set",
        (
            r"\{1, 2, 3\}",
            "{1,2,3}",
            "1, 2, 3",
            "3, 2, 1",
            r"\{3,1,2\}",
            "1, 2 and 3",
            "1, 2, and 3",
            "x = 1, 2, 3",
            r"\left\{1,2,3\right\}",
        ),
        ("1, 2", r"\{1,2,4\}", "1, 2, 3, 4"),
    ),
    Value(
        "several",
        (
            "x = 1 or x = 2",
            "{1, 2}",
            "1, 2",
            "x=2 or x=1",
            "1 and 2",
            "x = 1, x = 2",
            "1 or 2",
            r"x=1 \text{ or } x=2",
            r"\boxed{1}, \boxed{2}",
        ),
        ("1, 3", "x = 1", "x = -1 or x = 2", "2"),
    ),
    Value(
        "several",
        (
            r"1 \pm \sqrt{19}",
            r"1+\sqrt{19}, 1-\sqrt{19}",
            r"x = 1 \pm \sqrt{19}",
            "1 \u00b1 \\sqrt{19}",
            r"1-\sqrt{19} \text{ and } 1+\sqrt{19}",
        ),
        (r"1 \pm \sqrt{17}", r"-1 \pm \sqrt{19}", r"1 + \sqrt{19}"),
    ),
    Value(
        "several",
        ("k = 45, n = 2", "n = 2, k = 45", "k=45 and n=2", r"k = 45 \text{ and } n = 2"),
        ("k = 2, n = 45", "k = 45, n = 3", "k = 45"),
    ),
    Value(
        "equation",
        ("y = 2x + 1", "2x - y + 1 = 0", "y = 1 + 2x", "y - 2x = 1", "y=2x+1", "2y = 4x + 2", "$y = 2x + 1$"),
        ("y = 2x - 1", "y = x + 2", "2x + y = 1", "x = 2y + 1"),
    ),
    Value(
        "equation",
        ("x^2 + y^2 = 25", "y^2 + x^2 = 25", "x^2 + y^2 - 25 = 0", "2x^2 + 2y^2 = 50"),
        ("x + y = 5",),
    ),
    Value(
        "expression",
        ("2x + 1", "1 + 2x", "2*x + 1", "2(x + 1/2)", "x + x + 1", r"2 \cdot x + 1"),
        ("2x - 1", "x + 2", "2x", "3x + 1"),
    ),
    Value(
        "expression",
        ("(x+1)(x-1)", "x^2 - 1", "x**2 - 1", "(x - 1)(x + 1)", "x^{2}-1", r"\left(x-1\right)\left(x+1\right)"),
        ("x^2 + 1", "(x-1)^2", "x^2 - x"),
    ),
    Value(
        "expression",
        (
            r"\frac{\sqrt{3}}{2}",
            r"\sqrt{3}/2",
            r"\frac12\sqrt3",
            "sqrt(3)/2",
            r"\sqrt{\frac{3}{4}}",
            r"\frac{3}{2\sqrt{3}}",
            "\u221a3/2",
        ),
        (r"\frac{\sqrt{2}}{3}", r"\frac{\sqrt{3}}{3}", r"\sqrt{3}", r"-\frac{\sqrt3}{2}"),
    ),
    Value(
        "expression",
        (r"25\pi", r"25 \pi", "25*pi", r"\pi \cdot 25", "25\u03c0", r"5^2\pi", r"25\pi \text{ cm}^2"),
        (r"5\pi", "25", r"50\pi", r"\frac{25}{\pi}"),
    ),
    Value(
        "expression",
        ("2^{10}", "2^10", "1024", "2**10", "4^5"),
        ("10^2", "2^9", "1000"),
    ),
    Value(
        "expression",
        (r"\sin 2x", r"2\sin x\cos x", r"\sin(2x)", r"2 \cos(x) \sin(x)"),
        (r"\sin x", r"2\sin x", r"\cos 2x"),
    ),
    Value(
        "expression",
        ("e^{2x}", r"\exp(2x)", "(e^x)^2", r"e^{x}\cdot e^{x}"),
        ("e^{x^2}", "2e^x", "e^{x}"),
    ),
    Value(
        "expression",
        (r"\frac{1}{x+1}", "1/(x+1)", "(x+1)^{-1}", r"\frac{1}{1+x}"),
        (r"\frac{1}{x}+1", "x+1", r"\frac{1}{x-1}"),
    ),
    Value(
        "expression",
        ("3+4i", "4i+3", "3 + 4 i", r"3+4\mathrm{i}"),
        ("3-4i", "4+3i", "7i"),
    ),
    Value(
        "symbolic",
        (r"\sum_{k=1}^{10} k", "55"),
        ("54",),
    ),
    Value(
        "symbolic",
        (r"\int_0^1 x \, dx", r"\frac{1}{2}"),
        (r"\frac{1}{3}",),
    ),
    Value(
        "matrix",
        (
            r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
            r"\begin{bmatrix}1&2\\3&4\end{bmatrix}",
            "[[1, 2], [3, 4]]",
            r"\left[\begin{array}{cc}1 & 2 \\ 3 & 4\end{array}\right]",
            r"\begin{pmatrix} 1.0 & 2 \\ 3 & \frac{8}{2} \end{pmatrix}",
        ),
        (
            r"\begin{pmatrix} 1 & 2 \\ 3 & 5 \end{pmatrix}",
            r"\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}",
            "[[1, 2, 3], [4, 5, 6]]",
        ),
    ),
    Value(
        "matrix",
        (r"\begin{pmatrix} 1 \\ -2 \\ 3 \end{pmatrix}", "(1, -2, 3)", r"\begin{bmatrix} 1 \\ -2 \\ 3 \end{bmatrix}"),
        ("(1, 2, 3)", r"\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix}"),
    ),
    Value(
        "choice",
        ("(B)", "B", "b", "B.", r"\text{(B)}", "(b)", "B)", "[B]", r"\boxed{B}", "Option B", "**B**", r"\text{B}"),
        ("(A)", "C", "A.", "Option D"),
    ),
    Value(
        "choice",
        ("(B)", "B) Paris", "(B) Paris", "B. Paris", "Paris", "B: Paris", "paris"),
        ("A", "Rome", "(C) Lyon, in the south", "Lyon, in the south", "D"),
        asked="choice",
        problem=OPTIONS,
    ),
    Value(
        "truth",
        ("yes", "Yes.", "YES", "true", "True", r"\text{yes}", "**Yes**", "Yes, because it is even.", "correct"),
        ("no", "False", "No.", "uncertain", "No, because it is odd."),
    ),
    Value(
        "truth",
        ("Uncertain", "unknown", "Cannot be determined", "uncertain.", "It cannot be determined."),
        ("yes", "no", "True"),
    ),
    Value(
        "truth",
        ("valid", "Valid", "valid."),
        ("invalid", "Invalid."),
    ),
    Value(
        "words",
        ("Paris", "paris", "Paris.", r"\text{Paris}", "**Paris**", '"Paris"', "PARIS"),
        ("Rome", "London"),
        asked="words",
    ),
    Value(
        "words",
        ("the Eiffel Tower", "Eiffel Tower", "eiffel tower", "The Eiffel Tower."),
        ("the Louvre", "Big Ben"),
        asked="words",
    ),
    Value(
        "words",
        ("Zo\u00eb", "Zoe", "zo\u00eb"),
        ("Chloe",),
        asked="words",
    ),
    Value(
        "words",
        ("Evelyn", r"\text{Evelyn}", "evelyn", "Evelyn."),
        ("Briana", "Carla"),
        problem="Who runs fastest: Angela, Briana, Carla, Debra or Evelyn?",
    ),
    Value(
        "names",
        ("Ada, Bo and Cy", "Cy, Bo, Ada", "Ada, Bo, Cy", "Bo, Cy and Ada", "Ada and Bo and Cy", "ada, bo, cy"),
        ("Ada and Bo", "Ada, Bo and Dee", "Ada"),
        asked="names",
    ),
    Value(
        "literal",
        ("[1, 2, 'a']", "[1,2,'a']", '[1, 2, "a"]'),
        ("[1, 2, 'b']", "[2, 1, 'a']", "[1, 2]"),
        asked="literal",
    ),
    Value(
        "literal",
        ("{'a': 1, 'b': 2}", '{"b": 2, "a": 1}', "{'a':1,'b':2}"),
        ("{'a': 1}", "{'a': 2, 'b': 1}"),
        asked="literal",
    ),
    Value(
        "literal",
        ("True", "True "),
        ("False", "1"),
        asked="literal",
    ),
    Value(
        "numeral",
        ("1011_2", "1011_{2}", r"1011_{\text{two}}", "(1011)_2", "0b1011", "1011 (base 2)", "1011 in base 2"),
        ("1010_2", "1011_3", "1101_2"),
        asked="numeral",
    ),
    Value(
        "numeral",
        ("1011_2", "1011"),
        ("1010_2", "1101"),
        asked="numeral",
    ),
    Value(
        "numeral",
        ("1F_{16}", "0x1f", "0x1F", "1f_16", "11111_2", "37_8"),
        ("1E_{16}", "0x11f", "F1_{16}"),
    ),
    Value(
        "approximate",
        (
            "3.14",
            "approximately 3.14",
            r"\approx 3.14",
            "about 3.14",
            "~3.14",
            "= 3.14",
            r"x \approx 3.14",
            "\u2248 3.14",
        ),
        ("3.15", "about 3.1", r"\approx 3.41"),
    ),
    Value(
        "repeating",
        ("1/3", r"0.\overline{3}", r"0.\bar3", "0.(3)", r"\frac13"),
        ("0.3", r"0.\overline{2}", r"0.\overline{03}"),
    ),
    Value(
        "repeating",
        ("1/6", r"0.1\overline{6}", "0.1(6)", r"0.1\dot{6}"),
        (r"0.\overline{16}", "0.16"),
    ),
    Value(
        "number words",
        ("2.5", "two and a half", "2 and a half", "5/2", "two point five", "2 1/2"),
        ("2", "two and a third", "one and a half", "two point four"),
    ),
    Value(
        "number words",
        ("1000000", "a million", "one million", "10^6"),
        ("a thousand", "a billion", "two million"),
    ),
    Value(
        "number words",
        ("-5", "negative five", "minus five"),
        ("five", "minus six"),
    ),
    Value(
        "ordinal",
        ("3rd", "third", "Third", "3 rd"),
        ("2nd", "fourth", "13th"),
    ),
    Value(
        "infinity",
        (r"\infty", "infinity", r"+\infty", "\u221e", "positive infinity", r"x = \infty"),
        (r"-\infty", "negative infinity", "5"),
    ),
    Value(
        "money",
        ("$5", "USD 5", "5 USD", "US$5.00", "5 dollars", "USD5"),
        ("EUR 5", "CAD 5", "$50", "\u00a55"),
    ),
    Value(
        "money",
        ("\u00a5500", "500 yen", "JPY 500", "500 JPY"),
        ("$500", "\u20ac500", "\u00a550"),
    ),
    Value(
        "money",
        ("\u20b9500", "500 rupees", "Rs. 500", "INR 500"),
        ("$500", "\u20b950"),
    ),
    Value(
        "money",
        ("\u20ac1250.50", "\u20ac1.250,50", "EUR 1,250.50", "1250.50 euros"),
        ("\u20ac1.25", "\u20ac12505", "$1250.50"),
    ),
    Value(
        "money",
        ("$1.5M", "$1.5 million", "$1,500,000", "1.5 million dollars", "$1500K"),
        ("$1.5K", "$1.5B", "$1.5"),
    ),
    Value(
        "rates",
        ("$15 per hour", "$15/hour", "15 dollars per hour", "$15 an hour"),
        ("$16 per hour", "$1.5/hour", "15 euros per hour"),
    ),
    Value(
        "rates",
        ("20 mph", "20 miles per hour", "20 miles an hour", "20 mi/h"),
        ("20 km/h", "2 mph", "20 miles"),
    ),
    Value(
        "units",
        ("90 minutes", "an hour and a half", "1.5 hours", "one and a half hours", "1 hour and a half"),
        ("an hour", "a minute and a half", "2 hours"),
    ),
    Value(
        "units",
        ("an hour", "1 hour", "60 minutes", "1 h"),
        ("a minute", "a day", "2 hours"),
    ),
    Value(
        "tuple",
        (r"\{(1,2)\}", "(1,2)", r"\{(1, 2)\}"),
        (r"\{(2,1)\}", r"\{(1,2),(3,4)\}", r"\{1,2,3\}"),
    ),
    Value(
        "equation",
        (r"r = 2\cos\theta", "r = 2 cos \u03b8", "r=2cos(\u03b8)", r"r = 2 \cos \theta"),
        (r"r = 2\sin\theta", r"r = \cos\theta"),
    ),
    Value(
        "units",
        ("2 h 5 min", "2h 5m", "125 minutes", "2 hours and 5 minutes"),
        ("2 h 50 min", "25 minutes", "2.5 hours"),
    ),
    Value(
        "units",
        ("6'2\"", "6 ft 2 in", "74 inches", "6 feet 2 inches", "6' 2''"),
        ("6 ft", "62 inches", "6'3\""),
    ),
    Value(
        "units",
        ("25 \u00b0C", "298.15 K", "77 \u00b0F", "298.15 kelvin"),
        ("25 K", "298.15 \u00b0C"),
    ),
    Value(
        "units",
        ("3 k\u03a9", "3000 ohms", "3 kilohms", "3000 \u03a9"),
        ("3 ohms", "3 kW", "300 ohms"),
    ),
    Value(
        "units",
        ("1 atm", "101325 Pa", "101.325 kPa"),
        ("1 Pa", "1 bar", "1 eV"),
    ),
    Value(
        "units",
        (r"5\ \mathrm{m\,s^{-1}}", "5 m/s", "18 km/h", "5 m s^{-1}"),
        ("5 m", "5 ms", "5 m/s^2"),
    ),
    Value(
        "angle",
        (r"2\pi\text{ rad}", r"2\pi", r"2\pi \text{ radians}", r"360^\circ"),
        (r"\pi\text{ rad}", r"180^\circ"),
    ),
    Value(
        "time",
        ("3:30", "half past three", "half past 3", "30 minutes past three"),
        ("3:45", "half past four"),
    ),
    Value(
        "time",
        ("3:45", "quarter to four", "a quarter to 4", "15 minutes to four"),
        ("4:15", "quarter past four"),
    ),
    Value(
        "date",
        ("March 5, 2024", "5-Mar-2024", "2024-03-05", "05-Mar-2024", "Mar-05-2024", "5 Mar 2024"),
        ("5-May-2024", "2024-03-15", "2024-05-03", "March -5, 2024"),
    ),
    Value(
        "interval",
        (r"\{x \mid x > 2\}", "x > 2", r"(2, \infty)", r"\{x : x > 2\}", r"\{x \in \mathbb{R} \mid x > 2\}"),
        ("x < 2", r"[2, \infty)", r"\{x \mid x > 3\}"),
    ),
    Value(
        "several",
        ("1, 2, 3", "1, 2 & 3", r"\{1, 2, 3\}"),
        ("1, 2", "1, 2 & 4"),
    ),
    Value(
        "subscript",
        ("H_2SO_4", "H2SO4", r"\text{H}_2\text{SO}_4", "H\u2082SO\u2084"),
        ("HSO_4", "H_2SO_3"),
        asked="words",
    ),
    Value(
        "numeral",
        ("0xff", "ff", "FF", "ff_{16}"),
        ("0xfe", "fe"),
        asked="numeral",
    ),
    Value(
        "layout",
        ("12", r"\textcolor{red}{12}", r"\underline{12}", r"\color{blue}{12}", r"\boxed{\mathbf{12}}"),
        ("13", r"\textcolor{red}{21}"),
    ),
    Value(
        "named",
        (r"f^{-1}(x) = \frac{x-1}{2}", r"\frac{x-1}{2}", "(x-1)/2"),
        (r"\frac{x+1}{2}", "2x+1"),
    ),
    Value(
        "sentence",
        ("53", "The entire game lasted 53 minutes."),
        ("35", "54 minutes"),
    ),
    Value(
        "sentence",
        ("53 minutes", "The entire game lasted **53 minutes**"),
        ("35 minutes", "53 hours"),
    ),
    Value(
        "sentence",
        ("360", "John collects **360 peaches**."),
        ("36", "306 peaches"),
    ),
    Value(
        "sentence",
        ("360 peaches", "John collects 360 peaches in all."),
        ("36", "306 peaches"),
    ),
    Value(
        "sentence",
        ("$140", "Jordan would earn $140 in one week."),
        ("$104", "$14"),
    ),
    Value(
        "sentence",
        ("140", r"Jordan would earn \$140 in one week."),
        ("104", "$14"),
    ),
    Value(
        "sentence",
        ("12", "She has twelve of them left."),
        ("20", "11"),
    ),
)


def cases() -> Iterator[Case]:
    """Yield every pair of notations of one value, and every notation with each of its nearest wrong values."""
    for value in VALUES:
        for gold, answer in combinations(dict.fromkeys(value.notations), 2):
            yield Case(value.kind, gold, answer, same=True, asked=value.asked, problem=value.problem)
        for gold in dict.fromkeys(value.notations):
            for answer in value.wrong:
                yield Case(value.kind, gold, answer, same=False, asked=value.asked, problem=value.problem)
