"""pytest's command line, as far as the plugin asks for it."""

from typing import Any

_LISTS = frozenset({"use_case", "requirement", "whole", "allow_host"})
_FLAGS = frozenset({"brief", "suggest_known", "thorough"})


class Asked:
    """These options, and no others."""

    def __init__(self, **given: Any) -> None:
        self.given = given

    def getoption(self, name: str) -> Any:
        """As pytest.Config has it, by either form of the name."""
        plain = name.removeprefix("--").replace("-", "_")
        return self.given.get(plain, [] if plain in _LISTS else False if plain in _FLAGS else None)
