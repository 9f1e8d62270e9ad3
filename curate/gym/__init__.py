"""Datasets of reasoning-gym: numbered problems, and the scorers that judge answers to them.

entries.py   problems by dataset, seed and index, and their scores;  sets.py  which datasets are sound
"""
