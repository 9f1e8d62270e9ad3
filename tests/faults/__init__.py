"""Whole runs against the fake server, through the command that a user types: nothing that was paid for is lost."""
