"""Tests of `curate.checks`."""
