"""The counter hash: every choice about a resident is a pure function of (seed, index, slot)."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

# Slots of a household: a person keeps ref and numbers when other wishes are made. Children use
# CHILD and up, supporters SUPPORTER and up; a person's twin has the person's slot plus TWIN.
PARENT: Final = 0
FORMER_SPOUSE: Final = 1
CHILD: Final = 2
SUPPORTER: Final = 8
GUARDIAN: Final = 10
HOUSEHOLD: Final = 15
TWIN: Final = 16
SLOTS: Final = 32
SEEDS: Final = 2**32  # from which a seed is drawn where nobody says one
MAX_INDEX: Final = 10**10 // SLOTS - 1  # a 識別番号 has 10 digits and none may repeat within a seed

_REF_BYTES: Final = 12  # 96 bits: no collision to expect in a billion residents
_FIELDS: Final = (64 - _REF_BYTES) // 4
# Both multipliers are prime to 10, so slot numbers map one to one onto the numbers of that length.
_LOCAL_ID_STEP: Final = 6_180_339_887
_MY_NUMBER_STEP: Final = 61_803_398_873


@dataclass(frozen=True, slots=True)
class Draw:
    """Thirteen independent 32-bit choices and an opaque reference, from one 64-byte digest."""

    digest: bytes

    def below(self, field: int, bound: int) -> int:
        """Integer 0 <= n < bound for `field` 0-12; the same field always gives the same choice."""
        start = field * 4
        return int.from_bytes(self.digest[start : start + 4], "big") % bound

    @property
    def ref(self) -> str:
        """Opaque id: "r" and 24 hex digits."""
        return "r" + self.digest[-_REF_BYTES:].hex()


def draw(seed: int, index: int, slot: int, purpose: str = "person") -> Draw:
    """The choices of one slot of one household; other seeds, indexes, slots, purposes are independent."""
    return Draw(blake2b(f"{purpose}/{seed}/{index}/{slot}".encode()).digest())


def local_id(seed: int, index: int, slot: int) -> str:
    """識別番号 of the bench: 10 digits (own), never repeated within a seed."""
    return f"{(_position(index, slot) * _LOCAL_ID_STEP + _offset(seed, 'local_id')) % 10**10:010d}"


def my_number_body(seed: int, index: int, slot: int) -> str:
    """First 11 digits of a 個人番号, never repeated within a seed."""
    return f"{(_position(index, slot) * _MY_NUMBER_STEP + _offset(seed, 'my_number')) % 10**11:011d}"


def check_index(index: int) -> None:
    """Raises ValueError when numbers for this index would repeat or be negative."""
    if not 0 <= index <= MAX_INDEX:
        raise ValueError(f"世帯の番号は 0 から {MAX_INDEX} まで: {index}")


def _position(index: int, slot: int) -> int:
    return index * SLOTS + slot


@lru_cache(maxsize=64)
def _offset(seed: int, purpose: str) -> int:
    return int.from_bytes(blake2b(f"{purpose}/{seed}".encode(), digest_size=8).digest(), "big")
