"""The shim of examples/shim: a gateway with another south API is tested as any other, in process and by a kind of its own."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from harness.contract.statement import Statement
from load import LOOPBACK
from load.send.generator import free_port
from renkei.bench import Gateway, InProcessBench, bench_in_process
from renkei.network import BASE_URL
from tests.bench.bench_statements import write
from tests.kit.conftest import EXAMPLE
from tests.kit.installed import ROOT, beside
from tests.kit.test_kit_bench import ASKED, ITEMS, TAX, YEAR

SHIM = ROOT / "examples" / "shim"
LONGEST = 150  # lines: a shim is to be a small thing


@pytest.fixture
def shimmed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[InProcessBench]:
    for folder in (SHIM, EXAMPLE):
        monkeypatch.syspath_prepend(str(folder))
    app = import_module("renkei_shim.both").application(BASE_URL)
    with bench_in_process(Gateway(app, EXAMPLE / "gateway.toml"), tmp_path) as bench:
        yield bench


def test_what_the_gateway_says_is_said_in_the_words_of_the_contract(shimmed: InProcessBench) -> None:
    south, somebody = shimmed.south, shimmed.resident()
    record = {"local_id": somebody.local_id, "information": TAX, "key": YEAR, "items": ITEMS}
    south.put_record({**record, "version": 2}).expect(200, "empty")
    south.put_record({**record, "version": 1}).expect_refusal(409, "VERSION_STALE", "連携情報保管")
    south.put_record({**record, "local_id": "nobody"}).expect_refusal(404, "SUBJECT_UNKNOWN", "ID変換")
    south.put_record({"items": {}}).expect_refusal(422, "INVALID_REQUEST", "連携確認")
    south.log("access", caller="nobody").expect_refusal(401, "UNAUTHENTICATED", "認証・認可")
    handling = {"scope": "information", "key": TAX, "mode": "手動", "reason": ""}
    south.handle(handling, shimmed.stage.staff("child-allowance")).expect_refusal(
        501, "NOT_DECLARED", "連携確認"
    )
    shimmed.network.enquire({**ASKED, "person": somebody.ref})
    answer = shimmed.network.exchanges(at_least=2, seconds=5, person=somebody.ref)[1]
    assert answer["content"] == {"items": {"総所得額": ITEMS["総所得額"]}}
    shimmed.judge()


def test_it_is_a_small_thing() -> None:
    assert len((SHIM / "renkei_shim" / "shim.py").read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.slow
def test_a_kind_of_its_own_starts_both(tmp_path: Path) -> None:
    port = free_port(LOOPBACK)
    document = Statement.load(EXAMPLE / "gateway.toml").to_document()
    faces: dict[str, Any] = {
        "south": {**document["south"], "url": f"http://{LOOPBACK}:{port}/south"},  # type: ignore[dict-item]
        "north": {"url": f"http://{LOOPBACK}:{port}/north"},
    }
    statement = write(tmp_path / "gateway.toml", {**document, **faces})
    done = beside(SHIM, tmp_path).renkei(
        tmp_path,
        "run",
        "--gateway",
        "shim",
        "--statement",
        str(statement),
        "--requirement",
        "STO-01",
        "--brief",
    )
    assert done.returncode == 0, done.stdout + done.stderr
