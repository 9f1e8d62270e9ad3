"""Preference pairs from what is already there: the replies to one problem, of which the checks say which is better.

strategies.py  by what two replies are told apart, one small function each
lengths.py     replies by their length
matching.py    the pairs of one problem, and why each other reply is in none
judged.py      the replies of a result, with what became of each
facts.py       what is known of all of them, without their texts
finding.py     the pairs of a result
faults.py      which checks speak against a reply
rendering.py   formats that are made of all replies, rendered
"""
