"""Tests that measure the checks against labels."""
