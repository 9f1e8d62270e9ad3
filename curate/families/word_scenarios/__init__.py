"""The scenarios of the family `word_problem`, one module a kind, each scenario one declarative entry."""
