"""The network inside a vendor's unit tests: the same routes for both kinds of httpx client, without a socket."""

import asyncio
from typing import Any

import httpx
import pytest
import respx

from harness.contract.json_binding import peek
from harness.contract.keys import bench_keys as keys_of
from harness.contract.schemas import problem_with
from mocks.network.delivery import Deliver, over_http
from mocks.network.in_process import InProcessNetwork, network_in_process
from mocks.network.in_process_gateway import InProcessGateway, to_asgi, to_coroutine, to_function
from tests.network.fake_gateway import (
    OWN,
    PARTNER,
    TAX,
    YEAR,
    FakeGateway,
    accepted,
    answer_to,
    enquiry,
    fake_gateway,
    sealed,
)
from tests.network.network_process import JOSE, wish

ITEMS = {"総所得額": 2299999}


def _gateway(deliver: Deliver) -> InProcessGateway:
    return InProcessGateway(OWN, keys_of(OWN).public(), deliver)


def _seeded(network: InProcessNetwork) -> str:
    network.put_record(PARTNER, "p1", TAX, YEAR, ITEMS)
    code: str = network.add_person("p1")["link_codes"][OWN]
    return code


def _answered(network: InProcessNetwork) -> list[Any]:
    exchanges = network.exchanges(at_least=2, seconds=5, person="p1")
    return [(e["direction"], e["status"], e["content"]) for e in exchanges]


EXPECTED = [("from_gateway", 202, {"key": YEAR}), ("to_gateway", 202, {"items": ITEMS})]


def test_with_a_synchronous_client_and_an_asgi_application() -> None:
    fake = FakeGateway()
    with network_in_process(gateway=_gateway(to_asgi(fake.application(), "/north"))) as network:
        token = sealed(enquiry(_seeded(network)))
        with httpx.Client(base_url=network.url) as client:
            assert problem_with("directory", client.get("/v1/directory").json()) is None
            assert client.post("/v1/inbox", content=token, headers=JOSE).status_code == 202
            assert client.post("/v1/inbox", content="text", headers=JOSE).json()["code"] == "MALFORMED"
        assert _answered(network) == EXPECTED
        assert len(fake.arrived) == 1
        assert [p["outcome"] for p in network.provisions(person="p1")] == ["delivered"] * 2


def test_with_an_asynchronous_client_and_a_coroutine_function() -> None:
    async def inbox(token: str) -> tuple[int, dict[str, Any]]:
        return 202, accepted(token)

    async def vendor(network: InProcessNetwork) -> list[Any]:
        async with httpx.AsyncClient(base_url=network.url) as client:
            assert problem_with("directory", (await client.get("/v1/directory")).json()) is None
            token = sealed(enquiry(await asyncio.to_thread(_seeded, network)))
            assert (await client.post("/v1/inbox", content=token, headers=JOSE)).status_code == 202
            return await asyncio.to_thread(_answered, network)

    with network_in_process(gateway=_gateway(to_coroutine(inbox))) as network:
        assert asyncio.run(vendor(network)) == EXPECTED


def test_a_gateway_that_answers_at_once_with_a_synchronous_client() -> None:
    def inbox(token: str) -> tuple[int, dict[str, Any]]:
        answer = sealed(answer_to(peek(token)["header"], ITEMS))
        assert httpx.post("http://network.test/v1/inbox", content=answer, headers=JOSE).status_code == 202
        return 202, accepted(token)

    with network_in_process(gateway=_gateway(to_function(inbox))) as network:
        assert network.enquire(wish("p1"))["delivery"]["status"] == 202
        assert {e["direction"] for e in network.exchanges(at_least=2, seconds=5)} == {
            "from_gateway",
            "to_gateway",
        }


def test_a_gateway_that_answers_at_once_with_an_asynchronous_client() -> None:
    async def inbox(token: str) -> tuple[int, dict[str, Any]]:
        answer = sealed(answer_to(peek(token)["header"], ITEMS))
        async with httpx.AsyncClient() as client:
            reply = await client.post("http://network.test/v1/inbox", content=answer, headers=JOSE)
            assert reply.status_code == 202
        return 202, accepted(token)

    with network_in_process(gateway=_gateway(to_coroutine(inbox))) as network:
        assert network.enquire(wish("p1"))["delivery"]["problem"] is None
        assert len(network.exchanges(at_least=2, seconds=5)) == 2


def test_a_gateway_that_would_wait_for_itself_is_told_so() -> None:
    async def inbox(token: str) -> tuple[int, dict[str, Any]]:
        httpx.get("http://network.test/v1/directory")
        return 202, accepted(token)

    with network_in_process(gateway=_gateway(to_coroutine(inbox))) as network:
        assert "AsyncClient" in network.enquire(wish("p1"))["delivery"]["problem"]


def test_a_gateway_that_raises_is_a_failed_delivery() -> None:
    def inbox(_: str) -> tuple[int, dict[str, Any]]:
        raise LookupError("no such thing")

    with network_in_process(gateway=_gateway(to_function(inbox))) as network:
        said = network.enquire(wish("p1", alteration="unsigned"))["delivery"]
        assert (said["status"], said["problem"]) == (None, "LookupError no such thing")


def test_a_gateway_at_a_url_and_another_base_url() -> None:
    with (
        fake_gateway() as fake,
        network_in_process("http://network.example:8080/", _gateway(over_http(fake.north))) as network,
    ):
        assert network.url == "http://network.example:8080"
        assert network.enquire(wish("p1"))["delivery"]["status"] == 202
        assert httpx.get("http://network.example:8080/v1/directory").status_code == 200


def test_behaviours_and_reset() -> None:
    fake = FakeGateway()
    with network_in_process(gateway=_gateway(to_asgi(fake.application(), "/north"))) as network:
        code = _seeded(network)
        network.set_behaviour(PARTNER, "p1", TAX, "answers", "expired")
        httpx.post(f"{network.url}/v1/inbox", content=sealed(enquiry(code)), headers=JOSE)
        assert network.exchanges(at_least=2, seconds=5)[1]["alteration"] == "expired"
        network.reset()
        assert network.exchanges() == []
        with pytest.raises(httpx.HTTPStatusError):
            network.set_behaviour(PARTNER, "p1", TAX, "lies")


def test_the_control_api_keeps_its_token_and_other_hosts_stay_as_they_are() -> None:
    with network_in_process() as network, respx.mock(base_url="http://elsewhere.test") as own:
        own.get("/").respond(204)
        assert httpx.get(f"{network.url}/control/v1/health").status_code == 401
        assert httpx.get("http://elsewhere.test/").status_code == 204
    with network_in_process(), fake_gateway() as fake:
        assert httpx.post(f"{fake.north}/v1/inbox", content="text").status_code == 202
    with pytest.raises(httpx.ConnectError):
        httpx.get("http://network.test/v1/directory")
