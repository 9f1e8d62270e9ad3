"""Run untrusted Python where it can do no harm, or not at all.

running.py   the walls, the proof that one holds, and a run behind it: the only user of subprocess
jail.py      a jail of Linux namespaces, for where there is no bubblewrap
harness.py   what runs inside: takes limits upon itself, runs one program, and says how it ended
"""

from curate.sandbox.running import Limits, Result, Run, run_python, safe_wall

__all__ = ["Limits", "Result", "Run", "run_python", "safe_wall"]
