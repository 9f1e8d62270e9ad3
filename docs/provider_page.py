"""The reference of the providers and of the prompt styles, generated from their tables."""

from curate.prompts import STYLES
from curate.teachers import PROVIDERS
from curate.teachers.prices import PRICES

PROVIDING = """\
The provider stands before the slash of a teacher's `model`. Its key comes from the environment variable named here and
goes to its own hosts alone; for any other `base_url` a recipe names another variable in `api_key_env`. What a recipe
asks and a provider cannot do is an error before the first request. `curate ping RECIPE` asks each endpoint once."""

PRICING = """\
USD per million tokens, each with the day it was noted. A recipe's `price` wins; where neither knows a price, a run with
a budget does not start. A server that reports what a reply cost is believed."""

STYLING = """\
`prompt: {style: NAME}` in a recipe; `curate prompts show NAME -r RECIPE` prints what would be sent."""


def providers_page() -> str:
    """Return the reference of providers, prices and styles."""
    parts = ["# Providers and prompts", PROVIDING]
    parts += [f"## `{name}`\n\n{_rows(row.described())}" for name, row in PROVIDERS.items()]
    priced = [
        f"| `{provider}/{model}` | {price.input} | {price.output} | {price.noted} |"
        for provider, models in PRICES.items()
        for model, price in models.items()
    ]
    parts += ["## Prices", PRICING, "\n".join(["| model | input | output | noted |", "|---|---|---|---|", *priced])]
    styles = [f"- `{name}`: {(style.__doc__ or '').splitlines()[0]}" for name, style in STYLES.items()]
    return "\n\n".join([*parts, "## Prompt styles", STYLING, "\n".join(styles)])


def _rows(described: dict[str, str]) -> str:
    return "\n".join(f"- {label}: {text}" for label, text in described.items())
