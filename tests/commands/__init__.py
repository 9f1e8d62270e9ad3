"""Tests of the command line: what every command prints, and the code it ends with."""
