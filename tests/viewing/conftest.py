"""A finished run."""

from tests.commands.conftest import finished

__all__ = ["finished"]
