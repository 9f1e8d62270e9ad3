"""Tests of words, shingles, MinHash and stars."""
