"""What contract 2 decides of fixed-width files and the logs, told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from harness.contract.messages import new_id
from harness.model.history.exchanges import Staff
from harness.model.judges.logs import logs
from harness.model.judges.settled_files import files_by_contract_2
from tests.model.bodies import file, line, reported
from tests.model.desk import KEY
from tests.model.histories import Told
from tests.model.kept_logs import Kept
from tests.model.trials import Trial, telling


def of_line(
    raw: Mapping[str, bytes], right: tuple[str | None, str] | None, wrong: tuple[str | None, str] | None
) -> Callable[[bool], Told]:
    def tells(kept: bool) -> Told:
        told = Told()
        told.register("a")
        error = right if kept else wrong
        rows = [(1, *error)] if error else []
        told.call("POST", "/v1/imports", file([line(raw=dict(raw))]), answer=reported(*rows, total=1))
        return told

    return tells


def blank_file(data: str, errors: int) -> Callable[[bool], Told]:
    def tells(kept: bool) -> Told:
        told = Told()
        wrong = 1 - errors if not kept else errors
        rows = [(n + 1, None, "LINE_MALFORMED") for n in range(wrong)]
        told.call("POST", "/v1/imports", {**file([]), "file": data}, answer=reported(*rows, total=wrong))
        return told

    return tells


def asked_with_plus(*, kept: bool) -> Told:
    """Two of the staff, and who is found by the one name."""
    told = Told()
    told.declared = replace(told.declared, contract="2")
    kept_logs = Kept(told)
    entries = []
    for id_ in ("s+1", "s 1"):
        call = told.call(
            "POST",
            "/v1/enquiries",
            {},
            status=403,
            answer={"code": "ROLE_NOT_ALLOWED"},
            staff=Staff(id_, "r", None),
        )
        entries.append(kept_logs.audit(call.span, "拒否", "ROLE_NOT_ALLOWED", staff_id=id_))
    kept_logs.show("audit", at=100)
    shown = kept_logs.show("audit", at=110, entries=[entries[0 if kept else 1]])
    told.exchanges[-1] = replace(shown, query=(("staff_id", "s 1"),), plain_query=(("staff_id", "s+1"),))
    return told


def looked_in_vain(log: str, *, kept: bool) -> Told:
    told = Told()
    told.declared = replace(told.declared, contract="2")
    told.register("a")
    kept_logs = Kept(told)
    body = {"local_id": "a", "information": "地方税関係情報", "key": KEY}
    refused = {"code": "PORTAL_SESSION_INVALID", "phase": "", "reason": ""}
    call = told.call("POST", "/v1/own-information", body, status=401, answer=refused, at=50)
    if not kept and log == "audit":
        kept_logs.audit(call.span, correlation_id=new_id())
    if not kept and log == "business":
        kept_logs.business(call.span, new_id(), "a")
    kept_logs.show(log, at=100)
    return told


TRIALS: Final = [
    Trial("file-numbers", "9", files_by_contract_2,
          of_line({"扶養親族数": b" 1"}, ("扶養親族数", "LINE_MALFORMED"), None)),
    Trial("file-numbers", "S9", files_by_contract_2,
          of_line({"年税額": b"12"}, ("年税額", "LINE_MALFORMED"), None)),
    Trial("file-cut-character", "切れた文字", files_by_contract_2,
          of_line({"本人障害区分": b"\x8e"}, ("本人障害区分", "CHARACTER_UNMAPPABLE"),
                  ("本人障害区分", "LINE_MALFORMED"))),
    Trial("file-blank-key", "空白の照会キー", files_by_contract_2,
          of_line({"相当年度": b""}, None, ("相当年度", "LINE_MALFORMED"))),
    Trial("file-blank-key", "空白の識別番号", files_by_contract_2,
          of_line({"識別番号": b""}, (None, "SUBJECT_UNKNOWN"), ("識別番号", "LINE_MALFORMED"))),
    Trial("file-empty", "空のファイル", files_by_contract_2, blank_file("", 0)),
    Trial("file-empty", "CRLF だけのファイル", files_by_contract_2, blank_file("DQo=", 1)),
    Trial("plus-in-query", "staff_id", logs, telling(asked_with_plus)),
    Trial("lookup-answered", "監査ログ", logs, telling(looked_in_vain, "audit")),
    Trial("lookup-answered", "業務ログ", logs, telling(looked_in_vain, "business")),
]  # fmt: skip
