"""Tests of `curate.answers`."""
