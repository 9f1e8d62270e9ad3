"""Providers as rows of data: where each is, which variable holds its key, what it takes and what it cannot do."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from curate.records import JSON
from curate.teachers.builtin import MODELS

Limit = Literal["max_tokens", "max_completion_tokens"]
Format = Literal["json_schema", "json_object"]

OPENAI_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider: all of them have OpenAI-compatible endpoints but `builtin`, which needs none."""

    about: str
    """What it is, in a few words."""
    models: tuple[str, ...] = ()
    """The models it has, or none where only the endpoint knows."""
    base_url: str | None = None
    """Its address, or None where the recipe must give one."""
    hosts: tuple[str, ...] = ()
    """The hosts, or with a leading dot the domains, that its key may go to."""
    key_env: str | None = None
    """The environment variable that holds its key, or None when only the recipe can name one."""
    needs_key: bool = True
    """Whether nothing can be asked without a key."""
    limit: Limit = "max_tokens"
    """The parameter that limits the tokens of a reply."""
    seed: str | None = "seed"
    """The parameter for the seed, or None when it takes none."""
    efforts: tuple[str, ...] | None = ()
    """What `reasoning_effort` may be; none when it takes none; None when that is for the model to say."""
    max_temperature: float = 2.0
    """The highest temperature."""
    formats: tuple[Format, ...] = ("json_schema", "json_object")
    """Kinds of `response_format` that it honours."""
    extra_body: JSON = field(default_factory=dict)
    """Fields that are sent with every request."""
    stream_usage: bool = True
    """Whether it must be asked for the usage of a streamed reply, by `stream_options`."""
    max_output_tokens: int | None = None
    """The highest limit on tokens that any of its models takes, or None when it is not known."""
    own_call: bool = False
    """Whether requests go through the own call of the SDK, for tokens that are refreshed and paths that are odd."""
    shows_thinking: bool = True
    """Whether it hands out the thinking of models that think."""

    def described(self) -> dict[str, str]:
        """Return what a user wants to know of it, as label to text."""
        key = "none" if self.models else "none, or the variable that api_key_env names"
        if self.key_env is not None:
            where = "this machine" if self.hosts == LOOPBACK else ", ".join(self.hosts)
            key = f"{self.key_env}{'' if self.needs_key else ', where it is set,'} goes to {where} alone"
        return {
            "what": self.about,
            "models": ", ".join(self.models) or "those that its endpoint has",
            "address": self.base_url or ("none" if self.models else "base_url says it"),
            "key": key,
            "takes": ", ".join(self.takes()),
            "cannot": ", ".join(self.cannot()) or "nothing that we know of",
        }

    def takes(self) -> list[str]:
        """Return the parameters that it takes, each with its bound."""
        efforts = "" if self.efforts is None else f" ({', '.join(self.efforts)})"
        taken = [self.limit, f"temperature up to {self.max_temperature:g}", "top_p"]
        taken += [self.seed] if self.seed else []
        taken += [f"reasoning_effort{efforts}"] if self.efforts != () else []
        return taken + [f"response_format {kind}" for kind in self.formats]

    def cannot(self) -> list[str]:
        """Return what a recipe may not ask of it, or will not get."""
        missing = [] if self.seed else ["seed"]
        missing += ["reasoning_effort"] if self.efforts == () else []
        missing += [f"temperature above {self.max_temperature:g}"] if self.max_temperature < HIGHEST_TEMPERATURE else []
        missing += [f"response_format {kind}" for kind in get_args(Format) if kind not in self.formats]
        return missing + ([] if self.shows_thinking else ["hand out thinking"])


HIGHEST_TEMPERATURE = 2.0

PROVIDERS: dict[str, Provider] = {
    "builtin": Provider(
        about="the built-in solver, which needs no key and no network, and its noisy twin",
        models=MODELS,
        needs_key=False,
        formats=(),
    ),
    "openai": Provider(
        about="OpenAI",
        base_url="https://api.openai.com/v1",
        hosts=("api.openai.com", ".api.openai.com"),
        key_env="OPENAI_API_KEY",
        limit="max_completion_tokens",
        efforts=OPENAI_EFFORTS,
        shows_thinking=False,
    ),
    "azure": Provider(
        about="Azure OpenAI; base_url is https://NAME.openai.azure.com, the model the deployment's name",
        hosts=(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"),
        key_env="AZURE_OPENAI_API_KEY",
        limit="max_completion_tokens",
        efforts=OPENAI_EFFORTS,
        own_call=True,
        shows_thinking=False,
    ),
    "anthropic": Provider(
        about="Anthropic, by its OpenAI-compatible endpoint",
        base_url="https://api.anthropic.com/v1",
        hosts=("api.anthropic.com",),
        key_env="ANTHROPIC_API_KEY",
        seed=None,
        max_temperature=1.0,
        formats=(),
        shows_thinking=False,
    ),
    "mistral": Provider(
        about="Mistral",
        base_url="https://api.mistral.ai/v1",
        hosts=("api.mistral.ai",),
        key_env="MISTRAL_API_KEY",
        seed="random_seed",
        efforts=None,
        max_temperature=1.5,
        stream_usage=False,
    ),
    "deepseek": Provider(
        about="DeepSeek",
        base_url="https://api.deepseek.com",
        hosts=("api.deepseek.com",),
        key_env="DEEPSEEK_API_KEY",
        seed=None,
        efforts=None,
        formats=("json_object",),
    ),
    "gemini": Provider(
        about="Google Gemini, by its OpenAI-compatible endpoint",
        base_url="https://generativelanguage.googleapis.com/v1beta/openai",
        hosts=("generativelanguage.googleapis.com",),
        key_env="GEMINI_API_KEY",
        seed=None,
        efforts=("none", "minimal", "low", "medium", "high"),
    ),
    "together": Provider(
        about="Together AI",
        base_url="https://api.together.xyz/v1",
        hosts=("api.together.xyz", "api.together.ai"),
        key_env="TOGETHER_API_KEY",
        efforts=None,
    ),
    "fireworks": Provider(
        about="Fireworks AI",
        base_url="https://api.fireworks.ai/inference/v1",
        hosts=("api.fireworks.ai",),
        key_env="FIREWORKS_API_KEY",
        efforts=None,
    ),
    "groq": Provider(
        about="Groq",
        base_url="https://api.groq.com/openai/v1",
        hosts=("api.groq.com",),
        key_env="GROQ_API_KEY",
        limit="max_completion_tokens",
        efforts=("none", "default", "low", "medium", "high"),
    ),
    "openrouter": Provider(
        about="OpenRouter; it reports what each reply cost",
        base_url="https://openrouter.ai/api/v1",
        hosts=("openrouter.ai",),
        key_env="OPENROUTER_API_KEY",
        efforts=OPENAI_EFFORTS,
        extra_body={"usage": {"include": True}},
    ),
    "vllm": Provider(
        about="a vLLM server",
        base_url="http://localhost:8000/v1",
        hosts=LOOPBACK,
        key_env="VLLM_API_KEY",
        needs_key=False,
        efforts=None,
    ),
    "ollama": Provider(
        about="an Ollama server",
        base_url="http://localhost:11434/v1",
        hosts=LOOPBACK,
        key_env="OLLAMA_API_KEY",
        needs_key=False,
        efforts=None,
    ),
    "llamacpp": Provider(
        about="llama-server of llama.cpp",
        base_url="http://localhost:8080/v1",
        hosts=LOOPBACK,
        key_env="LLAMA_API_KEY",
        needs_key=False,
        efforts=None,
    ),
    "custom": Provider(
        about="any other OpenAI-compatible endpoint; give base_url, and api_key_env where it wants a key",
        needs_key=False,
        efforts=None,
    ),
}
"""Every provider, by the name that stands before the slash of `model`."""
