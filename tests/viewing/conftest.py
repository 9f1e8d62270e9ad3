"""A finished run, and a result made of hostile rows."""

from tests.commands.conftest import finished, hostile

__all__ = ["finished", "hostile"]
