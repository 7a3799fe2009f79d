"""Who sees and decides what waits under contract 2, told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from harness.model.history.exchanges import Delivery, Staff
from harness.model.judges.replies import replies
from tests.model.desk import AFFAIR, Desk
from tests.model.histories import Told
from tests.model.trials import Trial, telling

OWNER: Final = Staff("s-2", "resident-tax", None)  # of TAX
OTHER: Final = Staff("s-3", "child-allowance", None)  # whose affair may be given it
WORDS: Final = {"approval": "承認", "refusal": "拒否"}
REFUSED: Final[Mapping[str, Any]] = {"status": 403, "answer": {"code": "ROLE_NOT_ALLOWED"}}


def desk(contract: str = "2") -> Desk:
    """What is asked waits."""
    found = Desk()
    found.declared = replace(found.declared, contract=contract)
    found.switch("affair", AFFAIR)
    return found


def waiting(contract: str = "2") -> tuple[Desk, Delivery]:
    """One enquiry for TAX, which its owner was shown."""
    found = desk(contract)
    asked = found.ask()
    found.listed(asked, staff=OWNER)
    return found, asked


def sent(told: Desk, asked: Delivery, what: str) -> Desk:
    """What a decision brings about."""
    told.reply(asked) if what == "approval" else told.error(asked, "REFUSED_BY_STAFF")
    return told


def decided_by_other(what: str, *, kept: bool, contract: str = "2") -> Told:
    told, asked = waiting(contract)
    if not kept:
        told.decide(asked, what, staff=OTHER)
        return sent(told, asked, what)
    told.decide(asked, what, staff=OTHER, **REFUSED)
    told.listed(asked, staff=OWNER)
    return told


def decided_too_late(what: str, *, kept: bool) -> Told:
    told, asked = waiting()
    told.decide(asked, what, staff=OWNER)
    sent(told, asked, what)
    told.decide(asked, what, staff=OTHER, **({"status": 404} if kept else REFUSED))
    return told


def looked_at_by_other(*, kept: bool) -> Told:
    told, asked = waiting()
    told.listed(*([] if kept else [asked]), staff=OTHER)
    return told


RULE: Final = "release-by-owner"
TRIALS: Final = [
    *(
        trial
        for what, word in WORDS.items()
        for trial in (
            Trial(RULE, f"{word}・ほかの職責", replies, telling(decided_by_other, what)),
            Trial(RULE, f"{word}・待っていない照会", replies, telling(decided_too_late, what)),
        )
    ),
    Trial("pending-by-owner", "ほかの職責", replies, telling(looked_at_by_other)),
]
