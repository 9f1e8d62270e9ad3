"""Tests of recipes: what they may say, what is said about their errors, and what `--set` does."""
