"""The items that contract 2 adds, told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from harness.contract.items import occurrence
from harness.model.judges.replies import replies
from tests.model.desk import AFFAIR, TAX, Desk
from tests.model.histories import Told
from tests.model.trials import Trial, telling

DISABILITY: Final = "障害者関係情報"
KIND, GRADE = "ほかの手帳の種類", "ほかの手帳の等級"
MOST: Final = 3
PLAIN: Final[dict[str, Any]] = {"手帳の有無": "1", "障害等級": "3"}


def occurring(*counted: tuple[int, str]) -> dict[str, Any]:
    """Values of items in occurrences."""
    return {occurrence(name, number): f"{number}" for number, name in counted}


def whole(count: int) -> dict[str, Any]:
    """Both items in so many occurrences."""
    return occurring(*((n, name) for n in range(1, count + 1) for name in (KIND, GRADE)))


def answered(
    held: dict[str, Any],
    given: dict[str, Any],
    contract: str = "2",
    information: str = DISABILITY,
    reasons: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
) -> Desk:
    """A record, and an answer made of it; `reasons`: of either."""
    desk = Desk()
    desk.declared = replace(desk.declared, contract=contract)
    desk.automatic_before()
    key = {"相当年度": "2011"} if information == TAX else {}
    plain = {"相当年度": "2011"} if information == TAX else PLAIN
    desk.record({**plain, **held}, information=information, key=key, reasons=reasons[0])
    asked = desk.ask(key=key, information=information, affair=AFFAIR)
    desk.reply(asked, {**plain, **given}, reasons=reasons[1])
    return desk


def told(held: dict[str, Any], right: dict[str, Any], wrong: dict[str, Any], *, kept: bool) -> Told:
    return answered(held, right if kept else wrong)


def unused(*, kept: bool) -> Told:
    held = {"都道府県民税所得割額": 12_000}
    return answered(held, {} if kept else held, information=TAX)


PART: Final = occurring((1, KIND), (1, GRADE), (2, GRADE))
TRIALS: Final = [
    *(
        Trial("repeated-items", alternative, replies, telling(told, held, right, wrong))
        for alternative, held, right, wrong in (
            ("0回", {}, {}, whole(1)),
            ("1回", whole(1), whole(1), {}),
            ("2回以上", whole(2), whole(2), whole(1)),
            ("上限の回", whole(MOST), whole(MOST), whole(MOST - 1)),
            ("上限を超える回", whole(MOST + 1), whole(MOST), whole(MOST + 1)),
            ("一部の項目だけ", PART, PART, whole(1)),
        )
    ),
    Trial("repeated-items", "事務が使わない項目", replies, telling(unused)),
]
