"""What contract 2 decides of sending, バッチ and the directory, told."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from harness.contract.messages import new_id
from harness.model.cases import Case
from harness.model.history.exchanges import Fetch, Redemption, Repeat
from harness.model.history.history import History
from harness.model.judges.inbound import arrivals
from harness.model.judges.settled_batches import rows_by_contract_2
from harness.model.judges.settled_directory import changes_are_known, partners_are_asked_for
from harness.model.judges.settled_sending import sent_by_contract_2
from tests.model import asking
from tests.model.histories import BEGAN, OFFICER, Told
from tests.model.letters import Post, closed
from tests.model.submitting import Batch
from tests.model.trials import Trial, telling

UNKNOWN: Final = {"code": "SUSPENDED_BY_LAW", "phase": "連携情報保管", "reason": "停止中"}
EXPIRED: Final = {"code": "EXPIRED", "phase": "情報提供ネットワークシステム接続", "reason": "期限"}


def resent(*, role: str | None = OFFICER.role, life: float = 60, again_at: float = 50.0) -> Told:
    """The first row is refused and resent at 20; the third one leaves at 40."""
    batch = Batch()
    failed = {"status": 404, "error": {"code": "SUBJECT_UNKNOWN", "phase": "ID変換", "reason": "いない"}}
    batch.submit()
    batch.send(0, 11, status=404, error=failed)
    before = [batch.row(0, "エラー", failed["error"]), batch.row(1, "送信済"), batch.row(2)]
    batch.send(1, 12)
    batch.look(19, *before)
    batch.again(0)
    batch.resend(20, batch.row(0), batch.row(1, "送信済"), batch.row(2), role="resident-taxes")
    batch.send(2, 40, {"expires_at": asking.stamp(70)})
    header = {"role": role, "expires_at": asking.stamp(20 + life)}
    batch.send(0, again_at, header)
    return batch.told


def row_of(life: float, *, status: str = "期限切れ", sent: bool = True) -> Told:
    """`life`: seconds until what the message says; a row that is not sent lives two seconds."""
    batch = Batch()
    batch.wishes[0]["expires_in_seconds"] = 60 if sent else 2
    batch.submit()
    if sent:
        batch.send(0, 14, {"expires_at": asking.stamp(10 + life)})
    else:
        batch.look(40, batch.row(0, status), batch.row(1), batch.row(2))
    return batch.told


def attempts(kind: str, again: float | None, *, text: str = "", lasts: float = 0.1) -> Told:
    """Sent at 10, met by something odd, and once more."""
    told = Told()
    header = {"expires_at": asking.stamp(300)}
    first = told.send(kind, at=10, lasts=lasts, header=header, status=202 if text else None, text=text)
    if again is not None:
        repeat = Repeat(len(told.exchanges), told.span(again), first.token)
        told.told(repeat)
    told.span(200)
    return told


KINDS: Final = ("照会依頼", "連絡", "照会応答", "受領", "エラー")


def of_strange(kind: str, *, kept: bool) -> Told:
    return attempts(kind, 12 if kept else None, text='{"message_id":"x"}')


def of_silence(kind: str, *, kept: bool) -> Told:
    return attempts(kind, 21 if kept else 30, lasts=12)


def failed(what: str, source: str, *, kept: bool) -> Told:
    """Refused with a code that nobody knows."""
    told = Told()
    asked = asking.enquiry(told) if what == "照会" else asking.notice(told)
    if source == "ネットワーク":
        asked.send(status=409, error=UNKNOWN)
    else:
        asked.send()
        asked.answered(12, UNKNOWN, "エラー")
    asked.look(30, *(("エラー", UNKNOWN) if kept else ("送信済",)))
    return told


def notice_refused(*, kept: bool) -> Told:
    told = Told()
    notice = asking.notice(told)
    notice.send(10.5)
    notice.send(21, {"message_id": new_id()}, status=410, error=EXPIRED)
    notice.look(40, *(("エラー", EXPIRED) if kept else ("送信済",)))
    return told


def changed_directory(*, kept: bool) -> Told:
    """Another directory is told from the beginning; an enquiry is taken 100 seconds later."""
    told = Told()
    told.told(Fetch(0, told.span(90 if kept else -5), 200, {}))
    told.call("POST", "/v1/enquiries", {}, status=202, at=100)
    return told


def unknown_partner(*, kept: bool) -> Told:
    """An enquiry of somebody who stands in no directory; the network is there just before and just after."""
    told = Told()
    told.told(Fetch(0, told.span(-60), 200, {}))
    for at in (9.8, 10.2):
        told.told(Redemption(0, told.span(at), "t", 200, {}))
    if kept:
        told.told(Fetch(0, told.span(10.05), 200, {}))
    answer = {"code": "PARTNER_UNKNOWN", "phase": "連携確認", "reason": "一覧にない"}
    told.call("POST", "/v1/enquiries", {"to": "999999"}, status=404, at=10, answer=answer)
    return told


class _Changing:
    """`changes_are_known`, of a network that told another directory when the run began."""

    def __call__(self, history: History) -> Iterator[Case]:
        return changes_are_known(replace(history, told_directories=(BEGAN,)))


def unknown(what: str, *, kept: bool) -> Told:
    """A message from somebody who is not in the directory, or under a key that is not."""
    post = Post()
    post.told.declared = replace(post.told.declared, contract="2")
    post.told.clock += 60
    if kept:
        post.fetch()
        post.told.clock -= 6
    header = post.header()
    if what == "知らない団体":
        header["from"] = "999999"
        post.post(header, *post.proper(header), "PARTNER_UNKNOWN")
    else:
        inner = post.inner(header)
        token = post.outer(header, closed(inner), protected={"kid": "other"})
        post.post(header, token, inner, "SIGNATURE_INVALID")
    return post.told


TRIALS: Final = [
    *(Trial("accepted-only", kind, sent_by_contract_2, telling(of_strange, kind)) for kind in KINDS),
    *(Trial("sending-timeout", kind, sent_by_contract_2, telling(of_silence, kind)) for kind in KINDS),
    *(
        Trial("error-passed-on", f"{what}:{source}", sent_by_contract_2,
              telling(failed, what, source))
        for what in ("照会", "連絡")
        for source in ("ネットワーク", "相手団体")
    ),
    Trial("notice-refused-later", "二度目の電文", sent_by_contract_2, telling(notice_refused)),
    Trial("batch-expiry", "要求", rows_by_contract_2, lambda kept: row_of(60 if kept else 75)),
    Trial("batch-expiry", "送り直し", rows_by_contract_2,
          lambda kept: resent(role="resident-taxes", life=60 if kept else 80)),
    Trial("batch-expiry", "順番の前", rows_by_contract_2,
          lambda kept: row_of(2, sent=False, status="期限切れ" if kept else "受付")),
    Trial("resend-role", "送り直し", rows_by_contract_2,
          lambda kept: resent(role="resident-taxes" if kept else OFFICER.role)),
    Trial("resend-order", "待つ行の後", rows_by_contract_2,
          lambda kept: resent(role="resident-taxes", again_at=50 if kept else 30)),
    Trial("directory-age", "60秒", _Changing(), telling(changed_directory)),
    Trial("directory-age", "宛先の知らない団体", partners_are_asked_for, telling(unknown_partner)),
    *(
        Trial("directory-age", what, arrivals, telling(unknown, what))
        for what in ("知らない団体", "知らない kid")
    ),
]  # fmt: skip
