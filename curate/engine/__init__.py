"""From requests to recorded replies.

journal.py    group commits: a reply is acknowledged only when it is on disk
dispatch.py   a bounded number of requests under way at once
"""

from curate.engine.dispatch import Counts, dispatch

__all__ = ["Counts", "dispatch"]
