"""Tests of `curate.teachers`."""
