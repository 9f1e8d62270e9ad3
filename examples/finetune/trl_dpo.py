"""Train on the preferences of an export with TRL.

python trl_dpo.py EXPORT --model MODEL --max-length N --output DIR

EXPORT is what `curate export ... --format dpo -o EXPORT` wrote, and N the limit that it printed. MODEL has learned from
the traces before, with trl_sft.py.
"""

import argparse

import torch
from datasets import load_dataset
from trl import DPOConfig, DPOTrainer


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export")
    parser.add_argument("--model", required=True)
    parser.add_argument("--max-length", type=int, required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--steps", type=int, default=-1, help="stop after so many; -1 goes over all pairs three times")
    given = parser.parse_args()
    data = load_dataset(given.export, "dpo")
    config = DPOConfig(
        output_dir=given.output,
        max_length=given.max_length,
        max_steps=given.steps,
        bf16=torch.cuda.is_available(),
        eval_strategy="epoch" if "validation" in data else "no",
        logging_steps=10,
        report_to="none",
    )
    trainer = DPOTrainer(given.model, args=config, train_dataset=data["train"], eval_dataset=data.get("validation"))
    trainer.train()
    trainer.save_model()


if __name__ == "__main__":
    main()
