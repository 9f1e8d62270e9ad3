"""Rows whose every text wants to break out of a page or drive a terminal."""

import json
from pathlib import Path

from tests.commands.running import HOSTILE

PAYLOADS = [
    "<script>document.title = 'owned'</script>",
    "</script><script>document.title = 'owned'</script>",
    "\"'><img src=x onerror=\"document.title = 'owned'\">",
    "</style><style>* { display: none }</style>",
    "<!-- --><svg onload=document.title='owned'>",
    "]]><iframe src=javascript:document.title='owned'></iframe>",
    "{{ 7 * 7 }}{% raw %}{{ self }}",
    "<a href='javascript:alert(1)'>here</a><base href=//evil>",
    "<meta http-equiv=refresh content='0;url=//evil'>",
    "&lt;b&gt; &amp; &#60;script&#62;",
    HOSTILE,
]
EVERYTHING = " ".join(PAYLOADS)


def rows() -> list[dict[str, object]]:
    """Return rows of several shapes with hostile text in every place that text can stand in."""
    found: list[dict[str, object]] = [
        {"question": p, "output": f"{p} The answer is {p}.", "gold": p, "reasoning": p, "model": p, p: p}
        for p in PAYLOADS
    ]
    turns = [{"role": "system", "content": EVERYTHING}, {"role": "user", "content": EVERYTHING}]
    found.append({"messages": [*turns, {"role": "assistant", "content": EVERYTHING}], "source": EVERYTHING})
    found.append({"question": "q \ud800", "output": "an answer that is cut off in the middle of \udfff"})
    problem = {"id": EVERYTHING, "text": EVERYTHING, "reference": EVERYTHING, "domain": EVERYTHING}
    trace = {"id": EVERYTHING, "problem": problem, "reasoning": EVERYTHING, "steps": [EVERYTHING], "schema_version": 1}
    found.append({**trace, "response": EVERYTHING, "answer": EVERYTHING, "messages": turns, "sample": 0})
    found.append({"schema_version": 1, "id": EVERYTHING, "problem": EVERYTHING})
    return found


def written(folder: Path) -> Path:
    """Write the rows into a folder, under a hostile name as well."""
    path = folder / "<b onclick=alert(1)>\u202e.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), "ascii")
    return path
