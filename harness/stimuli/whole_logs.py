"""The logs, fetched whole when everything is over: access and audit log in windows that an answer has room for, the business log for
each correlation (guide §7)."""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from harness.contract.messages import parse_timestamp
from harness.gateways.exchange import Reply
from harness.gateways.south import Request
from harness.stimuli.stage import Stage

_SHORTEST: Final = timedelta(seconds=1)
_DRAWN: Final = 150  # correlations whose business log is looked at
_TOO_LARGE: Final = "TOO_LARGE"


def all_notices(stage: Stage) -> None:
    """What was handed to the business system in the whole run."""
    if "連絡" in stage.south.statement.declares.roles:
        stage.ask(Request("GET", "/v1/notices", "business"))


def whole_logs(stage: Stage) -> None:
    """From the beginning of the run, as the network's own record tells it, until a moment after now."""
    provisions = stage.control.provisions()
    moments = [str(p["recorded_at"]) for p in provisions]
    if not moments:
        return
    since = parse_timestamp(min(moments)) - timedelta(minutes=1)
    until = parse_timestamp(max(moments)) + timedelta(minutes=1)
    for log in ("access", "audit"):
        _windows(stage, log, since, until)
    ids = sorted({str(p["correlation_id"]) for p in provisions})
    drawn = stage.some(ids, _DRAWN)
    stage.at_once([_query(stage, "business", correlation_id=id_) for id_ in drawn])


def _windows(stage: Stage, log: str, since: datetime, until: datetime) -> None:
    """The whole time in one, or each half of it."""
    reply = stage.ask(_query(stage, log, since=_text(since), until=_text(until)))
    if _too_large(reply) and until - since > _SHORTEST:
        middle = since + (until - since) / 2
        _windows(stage, log, since, middle)
        _windows(stage, log, middle, until)


def _too_large(reply: Reply) -> bool:
    return reply.problem == _TOO_LARGE


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _query(stage: Stage, log: str, **filters: Any) -> Request:
    path = f"/v1/logs/{log}?{urlencode(filters, quote_via=quote)}"
    return Request("GET", path, "audit", None, stage.south.auditor)
