"""The stages in order; every loop that needs several of the layers below is driven from here.

generating/      from a recipe to traces
filtering/       from rows to kept and dropped ones
run.py           generate, then filter, and what the recipe expects (expectations.py)
accepting.py     both in stretches, until so many rows are accepted;  estimate.py: how long the next one is
plan.py          names resolved against the registries, or a located error
inspect.py       one row's life, and rows to read by eye
comparing.py     references and answers compared
validate.py      files against schemas, folders against their manifests
contract.py      what every check promises
"""
