"""Input files, from what a user names to lines and columns, in whatever state they come.

sources.py      what a user named, hashed and cut into units of work
lines.py        the lines of a unit, one after the other, each with its place
compressed.py   gzip and zstd as a stream, the sound part of a damaged file included
parquet.py      rows of a Parquet file as lines of JSON;  delimited.py  likewise of a CSV file
columns.py      rows read by the columns that people use
unreadable.py   lines that could not be read, set aside with their place and reason
"""
