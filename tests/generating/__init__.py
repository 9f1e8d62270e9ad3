"""Tests of generating: a run goes on where it stopped, and asks nothing twice."""
