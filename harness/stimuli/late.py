"""What was true early, asked again late; and what is limited in time, before and after its end (guide §2 The portal, バッチ and 連絡,
§3 check 6)."""

from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.holdings import record
from harness.stimuli.south_requests import Body, notice
from harness.stimuli.stage import Resident, Stage

_SESSION: Final = 4  # seconds that a session of the portal is valid
_AGAIN: Final = 2  # seconds after which a 連絡 without 受領 is sent once more
_SHORT: Final = 1.0  # second that a message lives which is repeated when it is over, by any clock
_MANY: Final = 300  # messages between one and its repetition


def late(stage: Stage) -> None:
    """Sessions used before their end and asked after it; 連絡 whose 受領 comes, comes late, and never comes; old messages again."""
    provides = stage.draw.choice(stage.citations(asks=False))
    residents = stage.registered(8)
    rows = [record(stage, resident, informations()[provides.information]) for resident in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
    first = [stage.enquired(r, provides, key=row["key"]) for r, row in zip(residents, rows, strict=True)]
    short = [
        stage.enquired(r, provides, key=row["key"], expires_in_seconds=_SHORT)
        for r, row in zip(residents[:3], rows, strict=False)
    ]
    told = _notices(stage)
    sessions = [_open(stage, resident, _SESSION) for resident in residents[:3]] + [
        _open(stage, residents[3], None)
    ]
    for moment in (0.1, _SESSION / 2 + 1, 0.3, _SESSION / 2 + 1.5):
        stage.pause(moment)
        looks = [_look(session, row) for session, row in zip(sessions, rows, strict=False)]
        stage.at_once([look for number, look in enumerate(looks) if number != 2 or moment > _SESSION / 2 + 1])
    for number in range(_MANY):
        resident, row = residents[number % len(residents)], rows[number % len(residents)]
        stage.enquired(resident, provides, key=row["key"])
    for resident, said in zip([*residents[:3], *residents], [*short, *first], strict=True):
        stage.enquired(resident, provides, replay_of=str(said["message_id"]))
    stage.at_once([Request("GET", f"/v1/notices/{id_}", "business") for id_ in told])


def _notices(stage: Stage) -> list[str]:
    """Ids of 連絡 to partners that answer, answer the second only, or neither."""
    ids = []
    for behaviour in ("answers", "silent-once", "silent"):
        for resident in stage.registered(2):
            citation = stage.draw.choice(
                [c for c in stage.citations(asks=True) if c.information in informations()]
            )
            stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, behaviour)
            body = notice(
                citation,
                resident.local_id,
                redeliver_after_seconds=_AGAIN,
                items={"届出の種類": "転出\u3000"},
            )
            said: Any = stage.ask(
                Request("POST", "/v1/notices", "business", body, stage.staff(citation.role))
            ).body
            if isinstance(said, dict) and isinstance(said.get("notice_id"), str):
                ids.append(said["notice_id"])
    return ids


def _open(stage: Stage, resident: Resident, seconds: int | None) -> str:
    body = {"local_id": resident.local_id, **({} if seconds is None else {"valid_seconds": seconds})}
    said = stage.ask(Request("POST", "/v1/portal-sessions", "business", body)).body
    return str(said.get("session")) if isinstance(said, dict) else "none"


def _look(session: str, row: Body) -> Request:
    place = {name: row[name] for name in ("local_id", "information", "key")}
    return Request("POST", "/v1/own-information", "business", place, headers={"X-Portal-Session": session})
