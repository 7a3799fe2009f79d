"""Contents of messages that no schema of a content lets pass, or nearly none (guide §3, check 10)."""

from collections.abc import Mapping
from typing import Final

from harness.contract.messages import Kind

# What no schema of a content lets pass, by member; the last of each is nearly a content of another kind.
_CONTENTS: Final[Mapping[str, tuple[object, ...]]] = {
    Kind.ENQUIRY: (
        {},
        {"key": {}, "extra": 1},
        {"key": {"年度": 2012}},
        {"key": []},
        {"key": {}, "items": {}},
    ),
    Kind.RECEIPT: ({"key": {}, "items": {}}, {"extra": 1}),
    Kind.ERROR: (
        {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管"},
        {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": 1},
        {"code": "RECORD_NOT_FOUND", "phase": 1, "reason": "該当なし"},
        {"code": "", "phase": "連携情報保管", "reason": "該当なし"},
        {"code": 404, "phase": "連携情報保管", "reason": "該当なし"},
        {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "該当なし", "extra": 1},
    ),
}
_ITEMS: Final[tuple[object, ...]] = (
    {"items": []},
    {"items": {"所得額": True}},
    {"items": {"所得額": 1.5}},
    {"items": {"所得額": {"円": 1}}},
    {"items": {"所得額": 2**53}},
    {"items": {}, "reasons": []},
    {"items": {"所得額": None}, "reasons": {"所得額": 1}},
    {"items": {}, "extra": 1},
    {"key": {}, "items": {}},
)


def contents(kind: str) -> tuple[object, ...]:
    """In place of the content of a message of a kind."""
    return _CONTENTS.get(kind, _ITEMS)
