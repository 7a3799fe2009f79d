"""renkei key, bundle, audit, attest as their users type them."""

import json
import subprocess
from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from tests.bench.bench_run import RENKEI
from tests.certificate.made import Made, whole


def renkei(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command."""
    command = [RENKEI, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_from_the_run_to_a_bundle_that_a_municipality_attests(clean: Made, tmp_path: Path) -> None:
    key, path = tmp_path / "signer.jwk", tmp_path / "b.zip"
    assert renkei("key", key).returncode == 0
    assert key.stat().st_mode & 0o077 == 0
    bundled = renkei("bundle", clean.folder, "--key", key, "--out", path)
    assert bundled.returncode == 0, bundled.stderr
    who = ("--organisation", "静岡市", "--name", "情報　花子", "--role", "課長", "--remarks", "確かめた")
    attested = renkei("attest", path, "--key", key, *who)
    assert attested.returncode == 0, attested.stderr
    audited = renkei("audit", path, "--trust", tmp_path / "signer.pub.jwk", "--out", tmp_path / "out")
    assert audited.returncode == 0, audited.stderr
    for text in (
        "書かれているとおりである",
        "適合の証明ではない",
        "静岡市 課長 情報",
        "（信頼する鍵）",
        "照会側",
    ):
        assert text in audited.stdout
    assert (tmp_path / "out" / "report.html").exists()
    again = renkei("bundle", clean.folder, "--key", key, "--out", path)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_the_views_of_a_bundle_hold_nobody_and_no_token(clean: Made, tmp_path: Path) -> None:
    """Those of the run folder do, or this would prove nothing."""
    with (clean.folder / "journal.jsonl").open(encoding="utf-8") as journal:
        entries = [entry for entry in map(json.loads, journal) if entry["type"] in {"people", "secrets"}]
    private = {said for entry in entries for said in texts_of(entry.get("people") or entry["tokens"])}
    create = renkei("key", tmp_path / "signer.jwk")
    assert (create.returncode, len(private) > 50) == (0, True)
    target, views = tmp_path / "b.zip", tmp_path / "public"
    done = renkei("bundle", clean.folder, "--key", tmp_path / "signer.jwk", "--out", target, "--views", views)
    assert done.returncode == 0, done.stderr
    for name in ("report.html", "report.en.html", "junit.xml", "results.json", "results.sarif"):
        shown = (views / name).read_text(encoding="utf-8")
        assert [said for said in private if said in shown] == []
    whole = (clean.folder / "report.html").read_text(encoding="utf-8")
    assert any(said in whole for said in private)


def texts_of(value: object) -> list[str]:
    """Every text in it that is long enough to be told from a word."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [said for one in inner for said in texts_of(one)]
    return [value] if isinstance(value, str) and len(value) >= 8 else []


def test_a_bundle_that_does_not_hold_is_not_attested(clean: Made, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    changed.write_bytes(clean.path.read_bytes() + b"x")
    who = ("--organisation", "静岡市", "--name", "情報　花子", "--role", "課長")
    done = renkei("attest", changed, "--key", clean.key, *who)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    audited = renkei("audit", changed)
    assert (audited.returncode, "束は信じられない" in audited.stdout) == (1, True)


def test_a_whole_run_proves_what_is_declared_and_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    proven = whole(tmp_path_factory)
    results = json.loads((proven.folder / "results.json").read_text(encoding="utf-8"))
    assert (results["verdict"], results["run"]["partial"]) == ("適合", False)
    assert len(results["requirements"]) == len(requirements())
    beside = [r for r in results["requirements"] if r["verdict"] == "対象外"]
    assert all(r["reason"] for r in beside)
    audited = renkei("audit", proven.path)
    assert audited.returncode == 0, audited.stdout
    proves = f"宣言したことについての適合の証明である。対象外の要件 {len(beside)}件については何も示さない"
    assert f"判定: 適合（{proves}）" in audited.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "/nope"), "読めない"),
        (("audit", "{bundle}", "--trust", "{key}"), "秘密鍵である"),
        (("bundle", "/nope", "--key", "{key}"), "実行の記録を読めない"),
        (("bundle", "{run}", "--key", "/nope"), "renkei key で作れる"),
        (("bundle", "{run}", "--key", "{public}"), "秘密鍵ではない"),
        (("bundle", "{run}", "--key", "{run}/junit.xml"), "鍵として使えない"),
        (("bundle", "{run}", "--key", "{key}", "--matrix", "{run}/results.json"), "様式が違う"),
        (("key", "{key}"), "書けない"),
    ],
)
def test_bad_input_is_one_sentence(clean: Made, arguments: tuple[str, ...], said: str) -> None:
    places = {"bundle": clean.path, "key": clean.key, "run": clean.folder}
    places["public"] = clean.key.with_suffix(".pub.jwk")
    done = renkei(*(argument.format(**places) for argument in arguments))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
