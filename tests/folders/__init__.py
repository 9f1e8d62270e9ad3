"""Tests of output folders: one writer, whole files, nobody else's files touched."""
