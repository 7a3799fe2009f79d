"""`renkei run --gateway A --partner B`: two gateways against each other, each judged by its own half of the record."""

import json
import subprocess
from pathlib import Path
from typing import Any

import psutil
import pytest
from jsonschema_rs import Draft202012Validator

from harness.bench import partner
from harness.bench.bench import Target
from harness.bench.partner import Partner, open_with_partner
from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.processes import leash
from harness.record.conclusion import INTERCONNECTION
from reports.run import json_view
from tests.bench.bench_run import RENKEI, Ended, renkei, without_progress
from tests.bench.bench_statements import document
from tests.bench.waiting import LONGEST_SECONDS, until

SCHEMA = Path(json_view.__file__).with_name("results.schema.json")
# One direction, online: the smallest run of two that there is.
ASKS, ANSWERS = "reference:requester-only", "reference:town,provider-only"


def sides(folder: Path) -> dict[str, dict[str, Any]]:
    """What results.json says of each, by its side; the file is as its schema has it, and so is the one about the partner."""
    found = [json.loads((place / "results.json").read_bytes()) for place in (folder, folder / "partner")]
    for document_ in found:
        Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document_)
    assert found[0]["interconnection"] == found[1]["interconnection"]
    assert [one["run"]["organisation"] for one in found] == [
        side["organisation"] for side in found[0]["interconnection"]["sides"]
    ]
    return {side["side"]: side for side in found[0]["interconnection"]["sides"]}


def stories(ended: Ended) -> dict[str, str]:
    """Verdict by scenario of what two gateways do together."""
    return {c["scenario"]: c["verdict"] for c in ended.checks() if c["scenario"].startswith("91_相互接続")}


def test_two_gateways_ask_and_tell_each_other_and_both_conform(tmp_path: Path) -> None:
    ended = renkei(
        tmp_path,
        "--gateway",
        "reference:town,table-only",
        "--partner",
        "reference:prefecture,table-only",
        "-n",
        "1",
    )
    assert ended.code == 0, ended.out + ended.err
    assert set(stories(ended).values()) == {"合格"}
    assert len(stories(ended)) == 12  # six, both ways
    found = sides(ended.folder)
    assert [found[side]["organisation"] for side in ("gateway", "partner")] == ["223417", "220001"]
    for side in found.values():
        assert (side["verdict"], side["exit_code"], side["not_met"]) == ("適合", 0, [])
        # asked, answered, told, decided by hand, logged: what either was looked at in
        assert {INTERCONNECTION, "NET-03", "SIG-03", "STO-01", "CON-03", "NTC-01", "LOG-07"} <= {
            *side["requirements"]
        }
        assert side["gateway"] in ended.out
    assert "二つのゲートウェイの相互接続" in ended.out
    assert "partner/report.html" in (ended.folder / "report.html").read_text(encoding="utf-8")


def test_what_each_breaks_is_blamed_on_that_side_only(tmp_path: Path) -> None:
    gateway, other = f"{ASKS},forgets-own-enquiries", f"{ANSWERS},discloses-all-items"
    ended = renkei(tmp_path, "--gateway", gateway, "--partner", other)
    found = sides(ended.folder)
    assert ended.code == 1
    assert found["gateway"]["not_met"] == ["LOG-07"]
    assert found["partner"]["not_met"][0] == "STO-01"
    # By chance what it gives too much is another sentence of 連携情報保管 as well.
    assert {id_.partition("-")[0] for id_ in found["partner"]["not_met"]} == {"STO"}
    assert len(stories(ended)) == 3  # nobody asks the one that only asks


def test_a_partner_that_dies_is_named_and_the_verdict_of_the_other_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    command = [RENKEI, "run", "--gateway", ASKS, "--partner", ANSWERS, "--run-folder", str(folder)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = folder / "journal.jsonl"
    assert until(lambda: journal.exists() and b'"type":"check"' in journal.read_bytes())
    for child in psutil.Process(run.pid).children(recursive=True):
        if "223417" in child.cmdline() and leash.__file__ not in child.cmdline():
            child.kill()
    assert run.wait(LONGEST_SECONDS) == 1
    found = sides(folder)
    assert found["partner"]["not_met"] == ["SOU-16"]  # it does not answer until the end
    assert found["gateway"]["not_met"] == []
    assert len(found["gateway"]["requirements"]) > 20
    entries = [json.loads(line) for line in journal.read_bytes().splitlines()]
    (blamed,) = [e for e in entries if e["type"] == "check" and e["verdict"] == "不合格"]
    assert (blamed["side"], blamed["code"]) == ("partner", "NO_CONNECTION")
    assert "シグナル 9 SIGKILL" in blamed["observed"]
    assert not entries[-1]["complete"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--partner", "reference"), "--partner には、検証するゲートウェイを示す --gateway が要る。"),
        (
            ("--gateway", "reference", "--partner-statement", "x.toml"),
            "--partner-statement は、--partner とともに使う。",
        ),
        (
            ("--gateway", "reference", "--partner", "reference:town", "--brief"),
            "--brief は --partner と合わせられない。",
        ),
        (
            ("--gateway", "reference", "--partner", "reference:designated-city"),
            "--gateway と --partner が同じ団体（静岡市 221007）のゲートウェイである。"
            "別の団体のゲートウェイを示す（例: --partner reference:prefecture）。",
        ),
        (
            ("--gateway", "reference:provider-only", "--partner", ANSWERS),
            "--gateway と --partner の間に、照会も連絡もできるものがない。"
            "二つの宣言（declares の roles と tables）と団体の権限を確かめる。",
        ),
    ],
)
def test_what_is_no_pair_is_one_sentence(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, *arguments)
    assert (ended.code, without_progress(ended.err)) == (2, [said])


def test_a_sentence_about_the_partner_names_its_options(tmp_path: Path) -> None:
    target = Target("reference", None, tmp_path)
    with (
        pytest.raises(ConfigurationError) as raised,
        open_with_partner(target, Partner("http:http://127.0.0.1:9/south", None)),
    ):
        pass
    assert str(raised.value) == (
        "相手のゲートウェイ: --partner の http:URL と command:命令 には実装適合宣言が要る。"
        "--partner-statement gateway.toml を付ける。"
    )


def test_two_that_expect_the_network_at_one_address_are_refused(tmp_path: Path) -> None:
    statement = Statement.from_document(document(network={"listen": "127.0.0.1:19200"}))
    target = Target("http:", statement, tmp_path)
    with (
        pytest.raises(ConfigurationError, match="同じアドレスを示す"),
        open_with_partner(target, Partner("http:", statement)),
    ):
        pass
    assert not partner.partner_folder(tmp_path).exists()
