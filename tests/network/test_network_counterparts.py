"""Counterparts: what they hold, how they behave, and enquiries that a gateway does not take well."""

import json
import socket
from collections.abc import Callable

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from harness.contract.items import informations
from harness.contract.messages import Message
from tests.network.fake_gateway import AFFAIR, OTHER, OWN, TAX, YEAR, FakeGateway, enquiry, raw_server, sealed
from tests.network.network_process import RunningNetwork

ANSWERING = b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"


def _answer(network: RunningNetwork, message: Message) -> dict[str, object]:
    assert network.post(sealed(message)).status_code == 202
    _, answered = network.exchanges(at_least=2, correlation_id=message.header.correlation_id)
    return {"kind": answered["header"]["kind"], **answered["content"]}


def test_without_a_record_the_counterpart_says_so(network: RunningNetwork) -> None:
    _, links = network.person()
    said = _answer(network, enquiry(links[OWN]))
    assert (said["kind"], said["code"], said["phase"]) == ("エラー", "RECORD_NOT_FOUND", "連携情報保管")


def test_a_record_of_another_key_or_person_is_none(network: RunningNetwork) -> None:
    person, links = network.person()
    other, _ = network.person()
    network.put(other, {"総所得額": 1})
    network.put(person, {"総所得額": 2})
    message = Message(enquiry(links[OWN]).header, {"key": {"相当年度": "2010"}})
    assert _answer(network, message)["code"] == "RECORD_NOT_FOUND"


def test_the_items_are_those_that_the_affair_may_be_given(network: RunningNetwork) -> None:
    person, links = network.person()
    information = informations()[TAX]
    network.put(person, {item.name: f"値 {item.name}" for item in information.items})
    said = _answer(network, enquiry(links[OWN]))
    needed = information.used_by(AFFAIR)
    assert said["items"] == {name: f"値 {name}" for name in needed}
    assert len(needed) < len(information.items)


def test_a_name_is_carried_unchanged(network: RunningNetwork) -> None:
    person, links = network.person()
    name = informations()[TAX].used_by(AFFAIR)[0]
    value = "".join(map(chr, (0x20BB7, 0xFA10, 0x845B, 0xE0100, 0x301C)))
    network.put(person, {name: value})
    assert _answer(network, enquiry(links[OWN]))["items"] == {name: value}


def test_refuses_and_silent(network: RunningNetwork) -> None:
    person, links = network.person()
    network.put(person, {"総所得額": 1})
    network.behave(person, "refuses")
    assert _answer(network, enquiry(links[OWN]))["code"] == "REFUSED_BY_STAFF"
    network.behave(person, "silent")
    quiet = enquiry(links[OWN])
    assert network.post(sealed(quiet)).status_code == 202
    network.behave(person, "answers")
    assert _answer(network, enquiry(links[OWN]))["items"] == {"総所得額": 1}
    assert len(network.exchanges(correlation_id=quiet.header.correlation_id)) == 1


def test_an_enquiry_goes_past_the_checks_of_law_and_role(
    network: RunningNetwork, gateway: FakeGateway
) -> None:
    person, _ = network.person()
    said = network.enquire(person, information="戸籍関係情報", role="nobody", key={}, **{"as": OTHER})
    assert said["delivery"]["status"] == 202
    assert said["delivery"]["problem"] is None


def test_an_enquiry_about_somebody_whom_the_network_did_not_know(network: RunningNetwork) -> None:
    """The gateway's エラー brings the link code back that came, so the network must know it by then."""
    said = network.enquire("nobody-has-added-this-person")
    (asked,) = network.exchanges(message_id=said["message_id"])
    message = enquiry(asked["header"]["link_code"])
    assert network.post(sealed(message)).status_code == 202


RESPONSES: dict[str, tuple[Response, int, str | None]] = {
    "a refusal": (JSONResponse({"code": "EXPIRED", "phase": "認証・認可", "reason": "期限"}, 410), 410, None),
    "HTML": (PlainTextResponse("<html>502</html>", 502), 502, "JSON として読めない"),
    "202 without id": (JSONResponse({}, 202), 202, "様式 accepted に合わない"),
    "an error without phase": (JSONResponse({"code": "EXPIRED"}, 410), 410, "様式 error に合わない"),
    "nested": (Response("[" * 60_000, 400), 400, "JSON として読めない"),
    "not UTF-8": (Response(b"\xff\xfe", 400), 400, "JSON として読めない"),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_what_a_gateway_answers_is_recorded(network: RunningNetwork, gateway: FakeGateway, name: str) -> None:
    response, status, problem = RESPONSES[name]
    gateway.respond = lambda _: response
    person, _ = network.person()
    delivery = network.enquire(person)["delivery"]
    assert delivery["status"] == status
    assert str(delivery["problem"] or "").startswith(problem or "")
    assert (delivery["problem"] is None) == (problem is None)
    assert (delivery["error"] is not None) == (name == "a refusal")
    assert len(delivery["text"]) <= 2000
    (kept,) = network.provisions(person=person)
    outcome = {"a refusal": ("EXPIRED", "refused_by_recipient"), "202 without id": (None, "delivered")}
    assert (kept["code"], kept["outcome"]) == outcome.get(name, ("UNDELIVERED", "undelivered"))


def _broken(answer: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

    return serve


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        ANSWERING + b'Content-Length: 100\r\n\r\n{"message',
        ANSWERING + b"\r\n" + b"a" * 1_000_000,
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=["nothing", "no HTTP", "half", "too much", "elsewhere"],
)
def test_a_broken_answer_does_not_break_the_network(network: RunningNetwork, answer: bytes) -> None:
    person, _ = network.person()
    with raw_server(_broken(answer)) as north:
        network.register_at(north)
        delivery = network.enquire(person)["delivery"]
    assert delivery["problem"]
    assert network.provisions(person=person)[0]["outcome"] == "undelivered"


def test_a_gateway_that_is_down(network: RunningNetwork) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    network.register_at(f"http://127.0.0.1:{port}/north")
    person, _ = network.person()
    delivery = network.enquire(person)["delivery"]
    assert (delivery["status"], delivery["error"], delivery["problem"]) == (None, None, "ConnectError")


@pytest.mark.slow
def test_a_gateway_that_drips_bytes_is_given_five_seconds(network: RunningNetwork) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(ANSWERING + b"Content-Length: 100000\r\n\r\n")
        connection.settimeout(0.2)
        while True:
            connection.sendall(b" ")
            try:
                if not connection.recv(65536):
                    return
            except TimeoutError:
                continue

    person, _ = network.person()
    with raw_server(drip) as north:
        network.register_at(north)
        delivery = network.enquire(person)["delivery"]
    assert delivery["problem"] == "TimeoutError"
    assert 4.5 < delivery["seconds"] < 6.5


def test_the_content_of_an_enquiry_is_what_was_asked(network: RunningNetwork) -> None:
    person, _ = network.person()
    network.enquire(person)
    (seen,) = network.exchanges(person=person)
    assert seen["content"] == {"key": YEAR}
    assert seen["size"] == len(seen["token"])
    assert json.dumps(seen)
