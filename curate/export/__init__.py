"""Formats: from a trace, a problem or a pair to the rows of one trainer, one file per format.

base.py               what a format is
turns.py              what the student reads and what it learns to say, held against what no trainer could take
messages.py           conversations with thinking inline, the widest common ground
messages_reasoning.py conversations with thinking in `reasoning_content`
prompt_completion.py  what is read and what is learned, apart
text.py               conversations as a chat template writes them
sharegpt.py           conversations in the older dialect
alpaca.py             one question and one reply
llama_factory.py      for LLaMA-Factory, with its sidecars
axolotl.py            for axolotl, with its config
openai.py             for fine-tuning services
gpt_oss.py            conversations with thinking in `thinking`
dpo.py                preference pairs
reward.py             preference pairs as whole conversations
llama_factory_dpo.py  preference pairs for LLaMA-Factory, with its sidecars
openai_dpo.py         preference pairs for fine-tuning services
kto.py                replies that are wanted, and replies that are not
grpo.py               problems with the answer to grade by
preferences.py        what the formats of preferences have in common
same.py               the input's own rows
template.py           rows of the user's own
pastes.py             lines to paste that several formats have in common
shown.py              a format shown, for an export that is made up
card.py               the dataset card

chat_template.py      a tokenizer's own chat template, rendered as trainers render it
tokenizer_folder.py   the folder of a tokenizer, read as data
replies.py            replies, taken out of the rows of any format
survival.py           what of a reply survives a chat template
proof.py              the rows of a format, proven to come through one
"""

from curate.export.alpaca import ALPACA
from curate.export.axolotl import AXOLOTL
from curate.export.base import OVER_ALL, Facts, Format, Judged, Kind, Pair, RefusedError, Row, Wishes
from curate.export.dpo import DPO
from curate.export.gpt_oss import GPT_OSS
from curate.export.grpo import GRPO
from curate.export.kto import KTO
from curate.export.llama_factory import LLAMA_FACTORY
from curate.export.llama_factory_dpo import LLAMA_FACTORY_DPO
from curate.export.messages import MESSAGES
from curate.export.messages_reasoning import MESSAGES_REASONING
from curate.export.openai import OPENAI
from curate.export.openai_dpo import OPENAI_DPO
from curate.export.prompt_completion import PROMPT_COMPLETION
from curate.export.reward import REWARD
from curate.export.same import SAME
from curate.export.sharegpt import SHAREGPT
from curate.export.template import TEMPLATE
from curate.export.text import TEXT

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        MESSAGES,
        MESSAGES_REASONING,
        PROMPT_COMPLETION,
        TEXT,
        SHAREGPT,
        ALPACA,
        LLAMA_FACTORY,
        AXOLOTL,
        OPENAI,
        GPT_OSS,
        DPO,
        REWARD,
        LLAMA_FACTORY_DPO,
        OPENAI_DPO,
        KTO,
        GRPO,
        SAME,
        TEMPLATE,
    )
}

__all__ = ["FORMATS", "OVER_ALL", "Facts", "Format", "Judged", "Kind", "Pair", "RefusedError", "Row", "Wishes"]
