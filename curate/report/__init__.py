"""What came of it, in words and tables for people.

funnel.py   rows in, dropped by each check, kept
causes.py   why a check that drops much most likely does
asked.py    what was sent and what came of it
exported.py what an export came to
pairs.py    what came of formats that are made of all replies
ways.py     teachers and prompts side by side
clusters.py which rows were dropped for being like which
survival.py what of an export survives a chat template
rows.py     rows for a terminal, and the whole life of one
page.py     rows as a page (page.html, page.css, page.js)
"""
