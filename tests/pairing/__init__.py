"""Tests of preference pairs: which replies are paired, and what is written of them."""
