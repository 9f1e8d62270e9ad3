"""What came of it, in words and tables for people.

funnel.py   rows in, dropped by each check, kept
rows.py     one row, readably
"""
