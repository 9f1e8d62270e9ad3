"""Short texts that state no answer: `I do not know this.`, `Let me think about it`, `Could you say more?`, `Sure!`.

Each speaks of whoever answers, of the question, or of what is still to come, and of nothing that was asked for. That
something cannot be known is an answer (`Cannot be determined`), and so is whatever is not plainly one of these.
"""

import re

MAX_CHARACTERS = 200

_DECLINES = r"""
    (?!we\ (?:cannot|can't|can\ not)\ (?:know|say|tell|determine)\b)(?:i|we)\ (?:\w+\ )?
        (?:(?:do|did|could|will|am|are|can)\ not|(?:do|did|could|are)n't|cannot|can't|won't)\ (?:\w+\ )?
        (?:know|sure|certain|think\ so|understand|answer|solve|say|tell|find|determine|help|assist|able|comply
        |do\ (?:that|this|it)|have\ (?:an|the|any|enough)|remember|see)\b
    | (?:i'm|i\ am|we're|we\ are)\ (?:sorry|afraid|not\ (?:sure|certain|able)|unsure|unable|lost|stuck|confused)\b
    | (?:i\ have\ )?no\ (?:idea|clue)\b
    | (?:not\ (?:really\ |quite\ |entirely\ )?sure|unsure)\b
    | (?:sorry|apologies|i\ apologi[sz]e|forgive\ me)(?:\W*$|\W+(?:but|i|we|for|that|this|about|if)\b)
    | (?:can't|cannot|could\ not|couldn't|unable\ to)\ (?:answer|solve|say|help|tell|comply|assist)\b
    | (?:beats\ me|who\ knows|hard\ to\ say)\b
"""
_ANNOUNCES = r"""
    (?:(?:now|so|well|ok|okay|sure|first|please)\ )*
        (?:let\ me|let\ us|let's|allow\ me|give\ me\ a|bear\ with\ me|hold\ on|one\ moment|just\ a\ (?:moment|second))\b
    | (?:(?:i|we)\ (?:will|shall|must|should|can|(?:need|have|want|would\ like|(?:am|are)\ going)\ to)
        |(?:i|we)'ll|i'm\ going\ to|we're\ going\ to|i'd\ like\ to)
        \b(?!\ (?:say|go\ with|choose|pick|bet|guess|conclude)\b)
    | (?:i|we)\ (?:think|believe|guess|suppose|hope|need|want|see|understand)
        (?:\W*$|\ (?:so|it|this|that|more|about)\b(?!\ is\b))
    | (?:thinking|working\ on|calculating|solving|computing|processing)(?:\W*$|\ (?:it|this|that|about|on)\b)
    | (?:here\ is|here's|here\ are|this\ is|below\ is|the\ following\ is)\ (?:the|a|my|our|your|how)\ (?:\w+\ ){0,3}
        (?:answer|solution|reasoning|explanation|step|result|calculation|working)s?\W*$
    | step\ by\ step\W*$
"""
_REMARKS = r"""
    (?:sure|certainly|of\ course|absolutely|got\ it|understood|thank\ you|hm+|um+)(?:\ thing|\ very\ much)?\W*$
    | (?:what\ |that's\ |that\ is\ |this\ is\ )?(?:an?\ )?(?:very\ |really\ |quite\ )?
        (?:good|great|nice|interesting|hard|difficult|tricky|tough|easy|simple|challenging)
        \ (?:problem|question|puzzle|one|riddle|exercise)\W*$
    | this\ (?:problem|question|puzzle|riddle|exercise|task)\ (?:is|looks|seems)\ (?:very\ |really\ |quite\ |too\ )?
        (?:hard|difficult|tricky|tough|easy|simple|challenging|interesting)\b
    | please\ (?:provide|clarify|specify|give|share|tell|send|wait|try|let|note|see|explain|check|refer)\b
    | (?:provide|clarify|specify|share|(?:tell|send|give)\ me)\b[\w'\ ]*\ (?:more|your|further|full|complete)\b
    | (?:can|could|would|will|do|did|are|is|what|which|how|where|why|may|shall|should)\ [\w',/\ ]*
        \b(?:you|your|i|we|me|us)\b[\w',/\ ]*\?
    | (?:i|we)\ hope\ (?:this|that|it)\b
"""
_NOTHING = re.compile(f"(?:{_DECLINES}|{_ANNOUNCES}|{_REMARKS})", re.VERBOSE)
_MARKS = re.compile(r"[*_`\"]|(?<=\w),")


def states_nothing(text: str) -> bool:
    """Say whether a text speaks of whoever answers, of the question or of what is to come, and states no answer."""
    if len(text) > MAX_CHARACTERS or any(sign.isdigit() or sign in "=\\$" for sign in text):
        return False
    plain = _MARKS.sub("", text.replace("\u2019", "'").replace("-", " ")).lower()
    return _NOTHING.match(" ".join(plain.split())) is not None
