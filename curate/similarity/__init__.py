"""How alike two texts are: words hashed, shingles, MinHash, rows that share a key, stars of near-duplicates.

mixing.py    arithmetic on 64-bit words
folding.py   text as exact copies are compared
words.py     text as hashed words, robust to case, spacing, quotes and LaTeX spacing
shingles.py  runs of n words as one number each, and the exact Jaccard similarity of two texts
minhash.py   signatures whose agreement estimates that similarity, cut into keys that similar texts share
problems.py  problems that read alike and are not the same
shared.py    rows that share a key, found within a bound on memory
stars.py     which rows stay: every other is similar to one that stays
leaks.py     questions of benchmarks, found in other texts
"""
