"""Tests of the house: layers, habits, generated files."""
