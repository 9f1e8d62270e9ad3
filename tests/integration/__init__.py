"""Tests against other people's software, each in an environment of its own; `make test-integration` sets them up."""
