"""Tests of reading JSON Lines as they are found in the wild."""
