"""Words that decide whether what stands beside a sum belongs to it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOT_UNITS = _set("""
a an the and or but of is are was were be been for to from then than in at by on off if so he she it they we i you has
have had get gets got give gives make makes made plus minus times less more each that this which with as not into over
under after before equals equal because since when while their his her its there left right divided multiplied
increased decreased added subtracted paid pays
""")
"""Words that do not stand between a number and an operator as its unit would."""

OF_A_SUM = _set("""
of half twice double triple thrice times plus minus over per than less more by from and with dozen mod modulo
root squared cubed sum difference product ratio average mean log ln sin cos tan gcd lcm max min step day part case
question equation problem week year number example round line item option chapter figure table section page room no nr
fraction remaining another additional extra further other base about approximately roughly around nearly almost not
""")
"""Words before a sum that may belong to it, number it or take it back."""

BEFORE_A_SIGN = _set("""
is are was were be have has had gives give gave get gets got makes equals becomes compute calculate evaluate now then
next so thus hence therefore that first finally we with do solve simplify start begin work take remains left result
value and
""")
"""Words after which a minus sign is the sign of a number, and takes nothing away from what stands before."""

AFTER = _set("""
remainder r rem plus minus times over divided multiplied and or mod pm am o'clock more less dozen
""")
"""Words after a result that change it."""

MULTIPLIERS = _set("""
hundred thousand million billion trillion half halves third thirds quarter quarters fourth fourths fifth fifths
sixth sixths eighth eighths tenth tenths hundredth hundredths couple pair pairs times fold k bn mn
""")
"""Words that change how much the number before them is."""
