"""What lies between gateway and network: nothing, or whatever a load run puts there."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """`network_url`: where the gateway reaches the network; `towards`: where the network reaches a declared north URL;
    `stop` ends what was started for it."""

    network_url: str
    towards: Callable[[str], str]
    stop: Callable[[], None]


# (URL of the network, host:port where the gateway expects it or None for any) → Link. Raises ConfigurationError.
Between = Callable[[str, str | None], Link]


def direct(network_url: str, listen: str | None) -> Link:
    """Nothing: both reach each other where they are."""
    return Link(network_url, lambda north_url: north_url, lambda: None)
