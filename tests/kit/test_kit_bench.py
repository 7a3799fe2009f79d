"""A gateway in process: a clean one is not blamed whatever it meets, and what breaks the contract is found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from harness.catalogue.findings import ConfigurationError, NonconformityError
from harness.contract.statement import Statement
from harness.residents.build import household
from mocks.network.alterations.names import ALTERATIONS
from renkei.bench import ContractBrokenError, Gateway, InProcessBench, bench_in_process
from renkei.network import BASE_URL
from tests.kit.conftest import EXAMPLE

TAX, YEAR = "地方税関係情報", {"相当年度": "2012"}
ASKED = {
    "as": "401307",
    "basis": {"table": "2015-09-09", "item": "57"},
    "affair": "児童扶養手当法による児童扶養手当の支給に関する事務",
    "information": TAX,
    "key": YEAR,
    "role": "child-allowance",
}
ITEMS = {"総所得額": 2_299_999, "年税額": 120_000}
Opens = Callable[..., Any]


@pytest.fixture
def opened(example: Any, tmp_path: Path) -> Opens:
    """Opens a bench around the example, with some methods of its own."""

    @contextmanager
    def bench(**methods: Any) -> Iterator[InProcessBench]:
        made = type("Changed", (example.Gateway,), methods)(BASE_URL)
        app = example.application(BASE_URL, made)
        folder = Path(mkdtemp(dir=tmp_path))
        with bench_in_process(Gateway(app, EXAMPLE / "gateway.toml"), folder) as inside:
            yield inside

    return bench


def asked(bench: InProcessBench, alteration: str | None = None) -> Any:
    """A resident of whom 福岡市 asks; what the gateway said at once."""
    resident = bench.resident()
    about = {"information": TAX, "key": YEAR}
    bench.south.put_record({"local_id": resident.local_id, **about, "items": ITEMS}).expect(200)
    said = bench.network.enquire({**ASKED, "person": resident.ref, "alteration": alteration})["delivery"]
    if said["status"] == 202:
        bench.network.exchanges(at_least=2, seconds=5, person=resident.ref)
    return said


def test_a_clean_gateway_is_not_blamed_for_anything_that_it_meets(opened: Opens) -> None:
    with opened() as bench:
        for alteration in (None, *ALTERATIONS):
            said = asked(bench, alteration)
            assert said["status"] is not None, alteration
        bench.judge()


def test_what_nobody_asked_for_yet_is_not_missing(opened: Opens) -> None:
    with opened() as bench:
        resident = bench.resident()
        bench.network.enquire({**ASKED, "person": resident.ref})
        bench.judge()  # its answer may still be on its way


def _everything(self: Any, header: dict[str, Any], content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "照会応答", {"items": ITEMS}


def _twice(example: Any) -> Any:
    async def send(self: Any, client: Any, header: dict[str, Any], content: dict[str, Any]) -> None:
        for _ in range(2):
            await example.Gateway.send(self, client, header, content)

    return send


def _unchecked(example: Any) -> Any:
    def opened(self: Any, payload: Any, header: Any, sender: Any) -> Any:
        try:
            return example.Gateway.opened(self, payload, header, sender)
        except example.RefusedError:
            return {"content": {"key": YEAR}}

    return opened


@pytest.mark.parametrize(
    ("methods", "alteration", "messages", "requirement"),
    [
        (lambda _: {"answer": _everything}, None, 2, "STO-01"),
        (lambda example: {"send": _twice(example)}, None, 3, "NET-03"),
        (lambda example: {"opened": _unchecked(example)}, "unsigned-content", 2, "SIG-09"),
    ],
    ids=["gives-everything", "answers-twice", "believes-unsigned-content"],
)
def test_what_breaks_the_contract_is_found(
    opened: Opens, example: Any, methods: Any, alteration: str | None, messages: int, requirement: str
) -> None:
    with opened(**methods(example)) as bench:
        asked(bench, alteration)
        bench.network.exchanges(at_least=messages, seconds=5)
        with pytest.raises(ContractBrokenError, match=requirement) as broken:
            bench.judge()
    assert [violation.requirement for violation in broken.value.violations] == [requirement]
    assert "期待: " in str(broken.value)


def test_a_local_id_that_leaks_is_found(opened: Opens) -> None:
    def answer(self: Any, header: Any, content: Any) -> tuple[str, dict[str, Any]]:
        return "照会応答", {"items": {"総所得額": self.codes[header["link_code"]]}}

    with opened(answer=answer) as bench:
        asked(bench)
        found = {violation.requirement for violation in bench.violations()}
    assert found == {"ID-03", "STO-11"}


def test_people_of_a_household_are_registered_and_their_names_stay_inside(
    opened: Opens, example: Any
) -> None:
    home = household(3, 1)
    said: dict[str, Any] = {}

    async def link_code(self: Any, client: Any, enrolment: str) -> str:
        said["name"] = home.claimant.name
        await client.get(f"{BASE_URL}/v1/directory", params={"who": home.claimant.name})
        return str(await example.Gateway.link_code(self, client, enrolment))

    with opened() as bench:
        assert {bench.register(person).local_id for person in home.people()} == {
            p.local_id for p in home.people()
        }
        bench.judge()
    with opened(link_code=link_code) as bench:
        bench.register(home.claimant)
        assert "ID-03" in {violation.requirement for violation in bench.violations()}


def test_a_gateway_that_does_not_register_is_told_at_once(opened: Opens, example: Any) -> None:
    async def link_code(self: Any, client: Any, enrolment: str) -> str:
        raise example.RefusedError("LINK_CODE_UNAVAILABLE")

    with (
        opened(link_code=link_code) as bench,
        pytest.raises(NonconformityError, match="LINK_CODE_UNAVAILABLE"),
    ):
        bench.resident()


def test_a_record_is_of_one_bench(opened: Opens, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "journal.jsonl").touch()
    gateway = Gateway(lambda *_: None, EXAMPLE / "gateway.toml")  # type: ignore[arg-type]
    with (
        pytest.raises(ConfigurationError, match=r"journal\.jsonl"),
        bench_in_process(gateway, tmp_path / "again"),
    ):
        pass


def test_what_the_network_cannot_be_told_is_said_in_a_sentence(opened: Opens) -> None:
    with opened() as bench, pytest.raises(ValueError, match="unsinged"):
        asked(bench, "unsinged")


def test_a_gateway_that_is_another_one_is_not_tested(example: Any, tmp_path: Path) -> None:
    document = Statement.load(EXAMPLE / "gateway.toml").to_document()
    other = Statement.from_document({**document, "organisation": {"code": "401307"}})
    gateway = Gateway(example.application(BASE_URL), other)
    with pytest.raises(ConfigurationError, match="団体コード"), bench_in_process(gateway, tmp_path):
        pass


def test_an_application_without_lifespan_or_health_is_told_apart(tmp_path: Path) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    gateway = Gateway(app, EXAMPLE / "gateway.toml")
    with (
        pytest.raises(NonconformityError, match="GET /v1/health に 404"),
        bench_in_process(gateway, tmp_path),
    ):
        pass
