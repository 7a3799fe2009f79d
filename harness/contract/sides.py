"""Two gateways against each other: which of the two something is about (`side` of an entry of the journal)."""

from enum import StrEnum


class Side(StrEnum):
    """By the option that names it. Where one gateway is tested alone, nothing says a side."""

    GATEWAY = "gateway"
    PARTNER = "partner"

    @property
    def called(self) -> str:
        """By the words of features and reports."""
        return "検証するゲートウェイ" if self is Side.GATEWAY else "相手のゲートウェイ"
