"""Tests of `curate.traces`."""
