"""Lines to paste that several formats have in common."""

from curate.export.base import Facts


def trl(facts: Facts, *, config: str = "SFTConfig", note: str = "") -> str:
    """Return the lines of a TRL script.

    Args:
        facts: What is known of the shards.
        config: The class of the trainer's arguments.
        note: What else to say, in one line.
    """
    notes = "".join(
        f"# {line}\n" for line in (note, f"{facts.counted}; what is longer than max_length is cut off") if line
    )
    return f"{loading(facts)}\n{notes}args = trl.{config}(max_length={facts.max_tokens})"


def loading(facts: Facts) -> str:
    """Return the line that loads the rows."""
    return f'dataset = datasets.load_dataset("json", data_files="{facts.folder}/train-*", split="train")'


def any_trainer(facts: Facts) -> str:
    """Return lines for formats that many trainers take."""
    return f"{loading(facts)}\n# {facts.counted}: set the trainer's limit to {facts.max_tokens}, or the end is cut off"
