"""Tests of the built-in problem families."""
