"""The operations of which stories are made, and what each may be told. What stands first is the simplest: to it a story shrinks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from harness.contract.statement import Declares

Choice = int | str
PEOPLE: Final = (
    3  # few, so that what is done meets: the last of them is registered only where a story says so
)
RESTART: Final = "再起動"
_WHO: Final = (0, 1, 2)
_KIND: Final = (0, 1)  # of information: without key, and with one
_KEY: Final = (0, 1)
_LAST: Final = (0, 1, 2)  # the newest, the one before, …
_PARTNER: Final = ("answers", "answers-twice", "refuses", "silent")
PLACE: Final = {"who": _WHO, "kind": _KIND, "key": _KEY}
_RECORD: Final = {**PLACE, "version": (0, 1, 2), "content": (0, 1, 2)}
SLOW: Final = ("slow", "slower")  # answers of the network
_ASKING, _PROVIDING, _NOTICES = ("roles", "照会側"), ("roles", "応答側"), ("roles", "連絡")
_MANUAL, _PORTAL = ("handling", "手動"), ("use_cases", "税務に関する情報提供")
Needs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Operation:
    """`choices`: what may stand for each of its members; `needs`: what a statement must declare, list and name; `kills`: only a
    gateway that the bench started can take part; `seldom`: it costs time, so that most stories do without."""

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    needs: Needs = ()
    kills: bool = False
    seldom: bool = False


OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {
        "登録": Operation({"who": _WHO, "token_of": ("own", "next")}),
        "情報登録": Operation(_RECORD),
        "一括登録": Operation({**_RECORD, "second": ("next", "same")}),
        "情報削除": Operation(PLACE),
        "照会が届く": Operation(
            {**PLACE, "way": ("", "twice-at-once", "content-of-stranger", "other-basis"), "life": (60, 2)},
            (_PROVIDING,),
        ),
        "照会がまた届く": Operation({"last": _LAST}, (_PROVIDING,)),
        "手動自動": Operation(
            {
                "who": _WHO,
                "scope": ("subject", "information", "affair"),
                "kind": _KIND,
                "mode": ("手動", "自動"),
            },
            (_PROVIDING, _MANUAL),
        ),
        "保留を見る": Operation({}, (_PROVIDING, _MANUAL)),
        "承認": Operation({"last": _LAST}, (_PROVIDING, _MANUAL)),
        "拒否": Operation({"last": _LAST}, (_PROVIDING, _MANUAL)),
        "照会する": Operation(
            {
                "who": _WHO,
                "kind": _KIND,
                "partner": _PARTNER,
                "alteration": ("", "about-somebody-else", "unsigned-content", "from-another"),
                "delay": (0, 1),
                "life": (60, 2),
            },
            (_ASKING,),
        ),
        "処理状況を見る": Operation({"last": _LAST}, (_ASKING,)),
        "結果を見る": Operation({"last": _LAST}, (_ASKING,)),
        "バッチ": Operation(
            {"who": _WHO, "kind": _KIND, "rows": (1, 2, 3), "partner": _PARTNER},
            (_ASKING, ("modes", "バッチ")),
        ),
        "バッチを見る": Operation({"last": _LAST}, (_ASKING, ("modes", "バッチ"))),
        "再送": Operation({"last": _LAST}, (_ASKING, ("modes", "バッチ"))),
        "連絡する": Operation(
            {"who": _WHO, "kind": _KIND, "partner": _PARTNER, "again_after": (0, 1, 3)}, (_NOTICES,)
        ),
        "連絡の状況を見る": Operation({"last": _LAST}, (_NOTICES,)),
        "連絡が届く": Operation({"who": _WHO, "kind": _KIND, "content": (0, 1)}, (_NOTICES,)),
        "連絡がまた届く": Operation({"last": _LAST, "content": (0, 1)}, (_NOTICES,)),
        "届いた連絡を見る": Operation({"last": _LAST}, (_NOTICES,)),
        "窓口を開く": Operation({"who": _WHO, "valid": (0, 1)}, (_PORTAL,)),
        "自己情報を見る": Operation(
            {"last": _LAST, "whose": ("own", "next"), "kind": _KIND, "key": _KEY}, (_PORTAL,)
        ),
        "ネットワークの障害": Operation(
            {
                "who": _WHO,
                "answer": ("UNDELIVERED", "lost", "REPLAYED", "proxy-404", "MALFORMED", "outage", *SLOW),
            }
        ),
        "記録を見る": Operation({"log": ("access", "audit", "business"), "last": _LAST}),
        "待つ": Operation({"tenths": (1, 5, 15)}, seldom=True),
        RESTART: Operation({}, kills=True, seldom=True),
    }
)


# Operations that have to do with each other. Among all of them such as would show a fault meet too seldom.
THEMES: Final = (
    ("情報登録", "一括登録", "情報削除", "照会が届く"),
    ("情報登録", "照会が届く", "照会がまた届く", "手動自動", "保留を見る", "承認", "拒否"),
    ("照会する", "処理状況を見る", "結果を見る"),
    ("バッチ", "バッチを見る", "再送"),
    ("連絡する", "連絡の状況を見る"),
    ("連絡が届く", "連絡がまた届く", "届いた連絡を見る"),
    ("登録", "情報登録", "照会が届く", "窓口を開く", "自己情報を見る"),
)
DISTURBING: Final = ("ネットワークの障害", "待つ", RESTART)


def available(declares: Declares, *, restarts: bool) -> tuple[str, ...]:
    """Names of those in which a gateway with this statement can take part."""
    return tuple(
        name
        for name, operation in OPERATIONS.items()
        if (restarts or not operation.kills)
        and all(word in getattr(declares, list_) for list_, word in operation.needs)
    )
