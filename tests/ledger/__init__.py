"""Tests of the ledger: what it serves, what it keeps, and what a crash or damage leaves of it."""
