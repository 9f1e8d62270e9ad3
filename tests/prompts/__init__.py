"""Tests of prompts: styles, shots, templates, and what is sent."""
