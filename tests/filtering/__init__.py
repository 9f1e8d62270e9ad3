"""Tests of filtering, from files to a result folder."""
