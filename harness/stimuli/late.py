"""What was true early, asked again late; and what is limited in time, before and after its end (guide §2 The portal, バッチ and 連絡,
§3 check 6)."""

from collections.abc import Iterator
from typing import Final

from harness.contract.items import informations
from harness.gateways.exchange import Reply
from harness.gateways.south import Request
from harness.stimuli.holdings import record
from harness.stimuli.sessions import SHORT, Sessions
from harness.stimuli.south_requests import log_about, notice, told
from harness.stimuli.stage import Stage

# Seconds between looks at the portal: soon, shortly before the end of a session of SHORT seconds, at it (so that one that slides goes on),
# and as long after it as clocks of whole seconds allow.
_BETWEEN: Final = (0.1, 1.4, SHORT / 2, 1.4)
_LAST: Final = 2.2
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
    notified = _notices(stage)
    seen: list[Reply] = []
    sessions = Sessions()
    for resident, row in zip(residents[:3], rows, strict=False):
        sessions.open(stage, resident, row)
    for seconds in _BETWEEN:
        stage.pause(seconds)
        seen += sessions.look(stage)
    sessions.by_others(stage)
    sessions.by_near_names(stage)
    stage.pause(_LAST)
    sessions.look(stage, last=True)
    for number in range(_MANY):
        resident, row = residents[number % len(residents)], rows[number % len(residents)]
        stage.enquired(resident, provides, key=row["key"])
    for resident, said in zip([*residents[:3], *residents], [*short, *first], strict=True):
        stage.enquired(resident, provides, replay_of=str(said["message_id"]))
    stage.at_once([Request("GET", f"/v1/notices/{id_}", "business") for id_ in notified])
    stage.at_once([request for reply in seen for request in _logged(reply)])
    stage.ask(Request("GET", "/v1/notices", "business"))  # all that came since the run began


def _logged(reply: Reply) -> Iterator[Request]:
    """What the logs have of a look-up."""
    if id_ := told(reply.body, "lookup_id"):
        yield from (log_about(log, id_) for log in ("business", "audit"))


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
            request = Request("POST", "/v1/notices", "business", body, stage.staff(citation.role))
            if id_ := told(stage.ask(request).body, "notice_id"):
                ids.append(id_)
    return ids
