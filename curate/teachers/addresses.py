"""Addresses and keys: which key may go to which host, and how neither ever shows in a text.

A preset's variable goes only to that preset's hosts, whatever the recipe says. Plain http is for loopback alone unless
the user allowed it.
"""

import ipaddress
import os
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from curate.errors import TeacherError, WishError
from curate.teachers.providers import LOOPBACK, PROVIDERS, Provider

SHORTEST_SECRET = 8
"""Keys shorter than this are placeholders such as `none`, and would be found in any text."""
API_VERSION = "api-version"
NO_ADDRESS = "this is no address; write it as https://host/v1"


class Secret:
    """A key; what it is shows in no text but its own `reveal`.

    Args:
        text: The key.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._bytes = text.encode("utf-8")
        self._is_secret = len(text) >= SHORTEST_SECRET
        self._in_json = re.compile(b"".join(map(_any_spelling, self._bytes)))

    def reveal(self) -> str:
        """Return the key itself, for the header that carries it."""
        return self._text

    def scrub(self, text: str) -> str:
        """Return a text without the key, wherever somebody repeats it."""
        return text.replace(self._text, MASK) if self._is_secret and self._text in text else text

    def scrub_bytes(self, data: bytes) -> bytes:
        """Return bytes without the key, also where JSON writes some of its characters as escapes."""
        if not self._is_secret:
            return data
        if _ESCAPES.search(data):
            return self._in_json.sub(MASK.encode(), data)
        return data.replace(self._bytes, MASK.encode()) if self._bytes in data else data

    def __repr__(self) -> str:
        return "Secret()"


_ESCAPES = re.compile(rb"\\(?:u00[2-7]|/)")
"""How JSON may write a visible ASCII character without need; few replies hold any of it."""


def _any_spelling(character: int) -> bytes:
    """Return a pattern for every way in which JSON may write an ASCII character."""
    plain = re.escape(bytes([character]))
    return rb"(?:\\?%b|\\u00(?i:%02x))" % (plain, character)


MASK = "[key]"
NO_KEY = Secret("")


@dataclass(frozen=True)
class Address:
    """Where one endpoint of a teacher is, and which key goes there."""

    provider: str
    """The provider's name."""
    base_url: str
    """The address, without credentials."""
    host: str
    """Its host, as errors and notices name it."""
    key_env: str | None
    """The variable whose value goes there, or None for no key."""

    @property
    def row(self) -> Provider:
        """The provider's row."""
        return PROVIDERS[self.provider]

    def key(self) -> Secret:
        """Return the key from the environment.

        Raises:
            TeacherError: The variable is not set, empty, or holds what no header can carry.
        """
        if self.key_env is None:
            return NO_KEY
        text = os.environ.get(self.key_env, "").strip()
        if not text and self.row.key_env == self.key_env and not self.row.needs_key:
            return NO_KEY
        if not text:
            raise TeacherError(f"the environment variable {self.key_env}, for the key of {self.host}, is not set")
        if not text.isascii() or not text.isprintable() or " " in text:
            raise TeacherError(f"the environment variable {self.key_env} holds something that is no key")
        return Secret(text)

    def notice(self) -> str | None:
        """Return the sentence on which variable goes where, or None when none does."""
        return None if self.key() is NO_KEY else f"the key in {self.key_env} goes to {self.host}"


def address_of(provider: str, base_url: str | None, key_env: str | None, *, allow_insecure: bool = False) -> Address:
    """Return the address that a recipe means.

    Args:
        provider: The provider's name.
        base_url: What the recipe says, or None for the preset's.
        key_env: The variable that the recipe names, or None for the preset's.
        allow_insecure: Let plain http go to other machines.

    Raises:
        WishError: The address is missing or no address, has credentials in it, is plain http, or is paired with the
            key of somebody else.
    """
    row = PROVIDERS[provider]
    url = base_url or row.base_url
    if url is None:
        raise WishError(f"{provider} needs a base_url, such as http://localhost:8000/v1", "base_url")
    parts = _split(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and not is_loopback(host) and not allow_insecure:
        raise WishError(
            f"plain http to {host} would let anybody on the way read along; use https, or --allow-insecure", "base_url"
        )
    return Address(provider, url.rstrip("/"), parts.netloc, _key_env(provider, host, key_env))


def _split(url: str) -> SplitResult:
    """Return the parts of an address; its text is in no error, because it may hold credentials."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise WishError(NO_ADDRESS, "base_url") from None
    if parts.username is not None or parts.password is not None:
        raise WishError("it holds credentials; put the key into a variable, and name that in api_key_env", "base_url")
    if parts.query and not parts.query.startswith(f"{API_VERSION}="):
        raise WishError("it has a query, where keys are easily lost; a key belongs into api_key_env", "base_url")
    if not sound or parts.fragment or any(character.isspace() for character in url):
        raise WishError(NO_ADDRESS, "base_url")
    return parts


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    if host in LOOPBACK or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _key_env(provider: str, host: str, named: str | None) -> str | None:
    """Return the variable whose value goes to `host`."""
    row = PROVIDERS[provider]
    variable = named or row.key_env
    if variable is None:
        return None
    owners = {name: owner for name, owner in PROVIDERS.items() if owner.key_env == variable}
    if not owners or any(belongs(host, owner) for owner in owners.values()):
        return variable
    if named is None and not row.needs_key:
        return None
    raise WishError(
        f"{variable} is the key of {', '.join(owners)} and is not sent to {host}; name another variable in api_key_env",
        "base_url" if named is None else "api_key_env",
    )


def belongs(host: str, row: Provider) -> bool:
    """Say whether a host is one of a provider's own."""
    if row.hosts == LOOPBACK:
        return is_loopback(host)
    return any(host.endswith(own) if own.startswith(".") else host == own for own in row.hosts)
