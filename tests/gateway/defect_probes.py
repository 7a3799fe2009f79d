"""One probe a defect: what a gateway is asked over the wire, and True where it does as its requirement says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis
from harness.contract.messages import Message, timestamp
from tests.gateway.fake_network import (
    OTHER,
    OWN,
    TAX,
    Arrived,
    FakeNetwork,
    answer_to,
    enquiry,
    error,
    link_code,
    post,
    sealed,
)
from tests.gateway.gateway_process import Gateway, until, wish
from tests.gateway.tokens_altered import alg_none, moved_content, unsigned

RESIDENT = "住民票関係情報"
ITEM_WITHOUT_ROW = Basis("2015-09-09", "16")


@dataclass(frozen=True)
class Bench:
    """A gateway in which one resident is registered as `1` with the token `t`, and its network."""

    gateway: Gateway
    network: FakeNetwork

    def ask(self, message: Message | None = None) -> Arrived:
        """What answers an enquiry about that resident."""
        asked = message or enquiry(link_code("t"))
        assert post(self.gateway.north, sealed(asked)).status_code == 202
        return self.network.answer_to(asked.header.correlation_id)

    def items(self) -> dict[str, Any]:
        """The items that answer an enquiry about that resident."""
        content = self.ask().content
        return content["items"] if content else {}

    def refuses(self, token: str) -> bool:
        """Does the inbox refuse this message and accept a proper one?"""
        return post(self.gateway.north, token).status_code >= 400 and self.ask().content is not None

    def forwards(self, reply_code: str, **change: Any) -> bool:
        """Does the gateway send an enquiry that it must refuse with this code?"""
        headers = {"X_Staff_Role": change.pop("role", "child-allowance")}
        body = wish("1") | change
        reply = self.gateway.call("POST", "/v1/enquiries", "business", body, **headers)
        return bool(reply_code != reply.json().get("code"))


def _foreign(bench: Bench) -> bool:
    return bench.refuses(sealed(enquiry(link_code("t"), recipient=OTHER)))


def _expired(bench: Bench) -> bool:
    return bench.refuses(sealed(enquiry(link_code("t"), expires_at=timestamp(timedelta(seconds=-5)))))


def _replay(bench: Bench) -> bool:
    message = enquiry(link_code("t"))
    bench.ask(message)
    return bench.refuses(sealed(message))


def _dv(bench: Bench) -> bool:
    bench.gateway.handle("subject", "1")
    asked = enquiry(link_code("t"))
    assert post(bench.gateway.north, sealed(asked)).status_code == 202
    bench.ask(enquiry(link_code("nobody")))  # worked off after it
    return [r["correlation_id"] for r in bench.gateway.pending()] == [asked.header.correlation_id]


def _refused_by_staff(bench: Bench) -> bool:
    bench.gateway.handle("subject", "1")
    asked = enquiry(link_code("t"))
    assert post(bench.gateway.north, sealed(asked)).status_code == 202
    until(lambda: bool(bench.gateway.pending()))
    bench.gateway.decide(asked.header.correlation_id, "refusal")
    return bench.network.answer_to(asked.header.correlation_id).header.kind == "エラー"


def _twins(bench: Bench) -> bool:
    bench.gateway.register("2", "twin")
    bench.gateway.put("2", TAX, {"相当年度": "2011"}, {"総所得額": 0})
    return "本人寡婦区分" in bench.items()


def _own_code(bench: Bench) -> bool:
    bench.gateway.register("0", "another")
    return bench.ask().header.link_code == link_code("t", OWN)


def _year(bench: Bench) -> bool:
    bench.gateway.put("1", TAX, {"相当年度": "2012"}, {"相当年度": "2012"})
    return bool(bench.items()["相当年度"] == "2011")


def _name(bench: Bench) -> bool:
    bench.gateway.put("1", RESIDENT, {}, {"氏名": "神\ufa19"})
    asked = enquiry(link_code("t"), information=RESIDENT)
    return bench.ask(replace(asked, content={"key": {}})).content == {"items": {"氏名": "神\ufa19"}}


def _leak(bench: Bench) -> bool:
    bench.gateway.register("0000077777", "other")
    asked = enquiry(link_code("other"), information=RESIDENT)
    return "0000077777" not in str(bench.ask(asked).content)


def _access(bench: Bench) -> bool:
    correlation_id = bench.ask().header.correlation_id
    bench.ask(enquiry(link_code("nobody")))
    until(lambda: any(e["kind"] == "エラー" for e in bench.gateway.log("access")))
    return len(bench.gateway.log("access", correlation_id=correlation_id)) == 2


def _audit(bench: Bench) -> bool:
    message = enquiry(link_code("t"), role="resident-tax")
    assert post(bench.gateway.north, sealed(message)).status_code == 403
    return len(bench.gateway.log("audit", message_id=message.header.message_id)) == 1


def _personal(bench: Bench) -> bool:
    bench.ask()
    return "静岡" not in str(bench.gateway.log("audit")) + str(bench.gateway.log("access"))


def _attribution(bench: Bench) -> bool:
    bench.gateway.register("2", "another")
    first, second = bench.gateway.enquire("2"), bench.gateway.enquire("1")
    asked = bench.network.answer_to(second["correlation_id"]).header
    answer = answer_to(asked, asked.link_code, {"items": {"総所得額": 1}})
    assert post(bench.gateway.north, sealed(answer)).status_code == 202
    both = [first["enquiry_id"], second["enquiry_id"]]
    until(lambda: any(bench.gateway.status(e)["status"] == "応答済" for e in both))
    return bool(bench.gateway.status(second["enquiry_id"])["status"] == "応答済")


def _error_shown(bench: Bench) -> bool:
    asked = bench.gateway.enquire("1")
    header = bench.network.answer_to(asked["correlation_id"]).header
    said = answer_to(header, header.link_code, error("RECORD_NOT_FOUND"), "エラー")
    assert post(bench.gateway.north, sealed(said)).status_code == 202
    until(lambda: bool(bench.gateway.log("business", correlation_id=asked["correlation_id"])))
    return bool(bench.gateway.status(asked["enquiry_id"])["status"] == "エラー")


def _outer(bench: Bench) -> bool:
    stranger = sealed(enquiry(link_code("t")), outer=keys_of(OTHER))
    return bench.refuses(stranger) and bench.refuses(unsigned(sealed(enquiry(link_code("t")))))


def _inner(bench: Bench) -> bool:
    stranger = sealed(enquiry(link_code("t")), inner=keys_of(OTHER))
    return bench.refuses(stranger) and bench.refuses(moved_content(enquiry(link_code("t"))))


PROBES: dict[str, Callable[[Bench], bool]] = {
    "accepts-alg-none": lambda b: b.refuses(alg_none(sealed(enquiry(link_code("t"))))),
    "accepts-expired": _expired,
    "accepts-foreign-destination": _foreign,
    "accepts-replay": _replay,
    "answers-dv-automatically": _dv,
    "answers-unlawful": lambda b: b.refuses(sealed(enquiry(link_code("t"), basis=ITEM_WITHOUT_ROW))),
    "confuses-same-name": _twins,
    "discloses-all-items": lambda b: "年税額" not in b.items(),
    "does-not-translate-code": _own_code,
    "encrypts-to-network": lambda b: b.ask().content is not None,
    "forgets-access-record": _access,
    "forgets-refusals": _audit,
    "forwards-unlawful": lambda b: not b.forwards("BASIS_NOT_LAWFUL", information="戸籍関係情報"),
    "ignores-enquiry-key": _year,
    "ignores-role-inbound": lambda b: b.refuses(sealed(enquiry(link_code("t"), role="resident-tax"))),
    "ignores-role-outbound": lambda b: not b.forwards("ROLE_NOT_ALLOWED", role="resident-tax"),
    "leaks-local-id": _leak,
    "logs-personal-data": _personal,
    "loses-error": _error_shown,
    "misattributes-answer": _attribution,
    "normalises-names": _name,
    "rounds-amounts": lambda b: b.items()["総所得額"] == 2299999,
    "sends-refused-answer": _refused_by_staff,
    "skips-content-signature": _inner,
    "skips-outer-signature": _outer,
}
