"""The versions of the contract: a gateway is judged by the one that its statement names, for ever."""

from typing import Final

VERSIONS: Final = ("1", "2")
FIRST, LATEST = VERSIONS[0], VERSIONS[-1]
