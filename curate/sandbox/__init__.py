"""Run untrusted Python where it can do no harm, or not at all.

running.py   the walls, the proof that one holds, and a run behind it: the only user of subprocess
jail.py      a jail of Linux namespaces, for where there is no bubblewrap
harness.py   what runs inside: takes limits upon itself, runs one program, and says how it ended
apart.py     tests in one process, the code that they test in another; remote.py, objects of the other process, and
             plain.py, values that go over as data
"""

from curate.sandbox.running import Apart, Limits, Result, Run, run_python, safe_wall

__all__ = ["Apart", "Limits", "Result", "Run", "run_python", "safe_wall"]
