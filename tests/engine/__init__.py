"""Tests of the engine: a bounded number of requests under way, and every reply that came back on disk."""
