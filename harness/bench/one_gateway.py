"""Do the two faces of a statement belong to one gateway? One that stands beside it may have the same keys and tokens."""

from typing import Any

from harness.bench.network import NetworkControl
from harness.catalogue.findings import ConfigurationError
from harness.gateways.south import SouthFace

_PROVIDES = "応答側"
_UNKNOWN = "SUBJECT_UNKNOWN"
_LOGS = ("access", "audit")
_ANSWER_SECONDS = 2.0  # one that takes longer is not looked at: its scenarios will say so


def must_be_one(south: SouthFace, control: NetworkControl, correlation_id: str) -> None:
    """`correlation_id`: of an enquiry that the inbox took, about somebody who was registered before. Raises ConfigurationError where
    nobody is known there and the south face has no record of the enquiry either: a gateway that only errs has one of the two."""
    if _PROVIDES not in south.statement.declares.roles:
        return
    answers = control.exchanges(1, _ANSWER_SECONDS, correlation_id=correlation_id, direction="from_gateway")
    if not any((answer["content"] or {}).get("code") == _UNKNOWN for answer in answers):
        return
    logs = (south.log(name, correlation_id=correlation_id) for name in _LOGS)
    if all(log.status == 200 and _is_empty(log.body) for log in logs):
        statement = south.statement
        raise ConfigurationError(
            f"{statement.north_url}: {statement.south_url} とは別のゲートウェイの受信箱である（登録したばかりの住民を知らず、"
            "届いた照会は南側の記録にない）。south.url と north.url を合わせる。"
        )


def _is_empty(log: Any) -> bool:
    return isinstance(log, dict) and log.get("entries") == []
