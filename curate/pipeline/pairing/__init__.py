"""Preference pairs from what is already there: the replies to one problem, of which the checks say which is better.

strategies.py  by what two replies are told apart, one small function each
lengths.py     replies by their length
matching.py    the pairs of one problem, and why each other reply is in none
"""
