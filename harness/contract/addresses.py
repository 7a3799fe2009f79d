"""Which addresses a bench may reach: this machine, and the hosts that its user named."""

from collections.abc import Collection
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")


def outside(url: str, allowed: Collection[str]) -> str | None:
    """The host of a URL that is neither on this machine nor among those allowed; None where it may be reached."""
    host = urlsplit(url).hostname or ""
    return None if host in LOOPBACK_HOSTS or host in allowed else host
