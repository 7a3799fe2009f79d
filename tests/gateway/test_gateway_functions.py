"""Functions of the gateway by themselves: what is hard to see over the wire."""

import asyncio
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import Header, Items, Kind, Message, Mode, parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.resources import json_document
from harness.contract.statement import Tokens
from mocks.gateway.crypto import Crypto
from mocks.gateway.directory import Directory
from mocks.gateway.functions import TABLES, as_a, assemble
from mocks.gateway.id_conversion import IdConversion
from mocks.gateway.network_connection import Known, NetworkConnection
from mocks.gateway.notices import Notices
from mocks.gateway.platform_messaging import PlatformMessaging
from mocks.gateway.reception import receive
from mocks.gateway.record_store import Record, RecordStore
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage
from mocks.gateway.wishes import NoticeWish
from mocks.web.http_client import LONGEST_ANSWER, HttpClient, UnreachableError
from tests.gateway.fake_network import OWN, SECONDS, FakeNetwork, directory, served
from tests.gateway.gateway_process import TOKENS

CRYPTO = Crypto(keys_of(OWN))
DIRECTORY = Directory.from_wire(directory())


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open(tmp_path / "gateway.sqlite", TABLES)


def example(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json_document("published", "examples", f"{name}.json")
    return document


def opened(token: str) -> Message:
    header, body = CRYPTO.open_envelope(token, DIRECTORY)
    return Message(header, CRYPTO.open_content(header, body, DIRECTORY.party(header.sender).keys))


def test_the_published_example_opens() -> None:
    published = example("02-enquiry-received")
    message = opened(published["token"])
    assert (message.header.to_wire(), message.content) == (published["header"], published["content"])


@dataclass(frozen=True)
class ThatDay(NetworkConnection):
    """A connection at the moment at which the published examples were received."""

    def check_fresh(self, header: Header) -> None:
        if parse_timestamp(header.expires_at) <= parse_timestamp(example("05-refused")["received_at"]):
            raise RefusedError("EXPIRED")


@pytest.mark.parametrize("row", example("05-refused")["refused"], ids=lambda row: str(row["name"]))
def test_published_examples_are_refused_as_published(storage: Storage, row: dict[str, Any]) -> None:
    settings = Settings("http://127.0.0.1:9", OWN, keys_of(OWN), Tokens(**TOKENS))
    functions = assemble(settings, storage)
    functions = replace(functions, network=as_a(ThatDay, functions.network))
    functions.network.cache.known = Known(DIRECTORY, time.monotonic())
    if row["accepted_before"]:
        asyncio.run(receive(functions, example("02-enquiry-received")["token"]))
    with pytest.raises(RefusedError) as refused:
        asyncio.run(receive(functions, row["token"]))
    refusal = refused.value.refusal
    assert {"status": refusal.status, "code": refusal.code, "phase": refusal.phase} == row["expected"]


@pytest.mark.parametrize(("wished", "seconds"), [({}, 60), ({"expires_in_seconds": 5}, 5)])
def test_a_notice_is_one_from_the_start(storage: Storage, wished: dict[str, int], seconds: int) -> None:
    basis = {"table": "2015-09-09", "item": "57"}
    told = {"local_id": "1", "to": "401307", "affair": "事務", "information": "情報", "items": {}}
    wish = NoticeWish.from_wire({**told, "basis": basis, **wished})
    header = Notices(OWN, storage).header(wish, "child-allowance", "x" * 24)
    assert (header.kind, header.sender, header.mode) == (Kind.NOTICE, OWN, Mode.ONLINE)
    sent, expires = parse_timestamp(header.sent_at), parse_timestamp(header.expires_at)
    assert round((expires - sent).total_seconds()) == seconds


def test_a_failed_transaction_leaves_nothing(storage: Storage) -> None:
    ids = IdConversion(storage)
    subject = dict.fromkeys(("enrolment_token", "name", "kana", "birth_date", "sex", "address"), "x")

    def register_two() -> None:
        with storage.transaction():
            ids.register("1", subject, "code")
            with storage.transaction():
                ids.register("2", subject, "code")

    with pytest.raises(RefusedError):
        register_two()
    assert not ids.is_known("1")


def test_a_queue_is_worked_off_once_and_in_order(storage: Storage) -> None:
    messaging = PlatformMessaging(storage)
    published = example("02-enquiry-received")
    wire = published["header"]
    for number in range(3):
        header = Header.from_wire(wire | {"message_id": f"{number}{wire['message_id'][1:]}"})
        messaging.hand_inward(Message(header, {"key": {}}))
    waiting = messaging.waiting_inward()
    assert [h.message.header.message_id[0] for h in waiting] == ["0", "1", "2"]
    messaging.settle_inward(waiting[0])
    messaging.set_inward_aside(waiting[1])
    assert [h.seq for h in messaging.waiting_inward()] == [waiting[2].seq]
    kept = storage.rows("SELECT content FROM inward ORDER BY seq")
    assert [row["content"] is None for row in kept] == [True, False, False]


def test_equal_keys_are_equal_in_any_order(storage: Storage) -> None:
    records = RecordStore(storage)
    records.put(Record("1", "地方税関係情報", {"a": "1", "b": "2"}, {"総所得額": 5}))
    assert records.find("1", "地方税関係情報", {"b": "2", "a": "1"}) == {"総所得額": 5}
    for other in ({"a": "1"}, {"a": "1", "b": "2", "c": "3"}, {}):
        with pytest.raises(RefusedError, match="RECORD_NOT_FOUND"):
            records.find("1", "地方税関係情報", other)


def test_values_come_back_as_they_went_in(storage: Storage) -> None:
    items: Items = {"神\ufa19": "〜～−－𠮷\U000e0100\x00", "数": 2**53 - 1, "負": -1, "無": None, "空": ""}
    records = RecordStore(storage)
    records.put(Record("1", "その他", {}, items))
    assert json.dumps(records.find("1", "その他", {})) == json.dumps(items)


def test_waits_double_up_to_a_limit(storage: Storage) -> None:
    network = NetworkConnection(HttpClient("http://127.0.0.1:9"), storage, PlatformMessaging(storage))
    assert [network.wait_before(n) for n in (1, 2, 3, 99)] == [0.05, 0.1, 0.2, 2.0]


def test_an_answer_without_end_is_cut_off() -> None:
    async def endless(_: Request) -> Response:
        return Response(b"x" * (LONGEST_ANSWER + 1))

    with (
        served(Starlette(routes=[Route("/v1/directory", endless)])) as url,
        pytest.raises(UnreachableError, match="バイト"),
    ):
        asyncio.run(HttpClient(url).get("/v1/directory"))


def test_nobody_listens() -> None:
    with pytest.raises(UnreachableError):
        asyncio.run(asyncio.wait_for(HttpClient("http://127.0.0.1:9").get("/v1/directory"), SECONDS))


def test_a_directory_that_is_none_is_not_believed(storage: Storage, network: FakeNetwork) -> None:
    connection = NetworkConnection(HttpClient(network.url), storage, PlatformMessaging(storage))
    network.is_out = True
    with pytest.raises(RefusedError, match="UNDELIVERED"):
        asyncio.run(connection.directory())


ODD: tuple[Any, ...] = (None, 1, -1, 1.5, True, "", "x", [], ["alg"], {}, {"kty": "EC"})
MEMBERS = ("alg", "kid", "typ", "crit", "b64", "jwk", "enc", "zip", "apu", "epk", "crv", "x")


def segment(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def header_of(token: str) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(urlsafe_b64decode(token.split(".", maxsplit=1)[0] + "=="))
    return decoded


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_odd_header_does_more_than_be_refused(member: str, odd: Any) -> None:
    """joserfc raises TypeError and KeyError for some of these; the sender must get a refusal all the same."""
    token = example("02-enquiry-received")["token"]
    body = CRYPTO.parse(token)["body"]
    outer, inner = header_of(token), header_of(body)
    for protected in ({**outer, member: odd}, odd):
        with pytest.raises(RefusedError, match=r"SIGNATURE_INVALID|MALFORMED"):
            opened(".".join([segment(protected), *token.split(".")[1:]]))
    epk = {**inner, "epk": {**inner["epk"], member: odd}}
    for protected in ({**inner, member: odd}, epk, odd):
        with pytest.raises(RefusedError, match="DECRYPTION_FAILED"):
            CRYPTO.decrypt(".".join([segment(protected), *body.split(".")[1:]]))
