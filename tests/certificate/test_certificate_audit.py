"""A bundle that was not touched holds; whatever is done to one is found, also by whoever has the key of its signer."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.certificate.archive import packed, unpacked
from harness.certificate.attestation import Attestation, names, signed
from harness.certificate.audit import Audit, audit
from harness.certificate.bundle import as_file
from harness.certificate.claims import CERTIFICATE, JOURNAL, SIGNER, STATEMENT, Certificate
from harness.certificate.keys import create, load
from harness.contract.keys import public_jwk
from tests.certificate.made import Entries, Made, codes

BYTES = 60  # places of the file at which a byte is changed


def said(found: Audit) -> Certificate:
    """What the certificate says, whose signature holds."""
    assert found.certificate is not None
    return found.certificate


def test_an_untouched_bundle_holds(clean: Made) -> None:
    found = audit(clean.path, [str(load(clean.key, private=True).kid)])
    assert (found.objections, found.trusted) == ((), True)
    assert (said(found)["result"]["verdict"], said(found)["result"]["scope"]) == ("適合", "一部")


def test_a_bundle_of_a_gateway_that_fails_holds_and_says_so(failing: Made) -> None:
    found = audit(failing.path)
    assert (found.objections, found.trusted) == ((), None)
    assert said(found)["result"]["verdict"] == "不適合"


def test_one_changed_byte_is_found_wherever_it_is(clean: Made, tmp_path: Path) -> None:
    raw = clean.path.read_bytes()
    changed = tmp_path / "changed.zip"
    for place in {*range(0, len(raw), len(raw) // BYTES), len(raw) - 1, len(raw) - 10}:
        changed.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        assert codes(changed) or unpacked(changed) == unpacked(clean.path), f"byte {place}"


@pytest.mark.parametrize("more", [b"\0", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_behind_or_before_the_bundle_is_found(clean: Made, tmp_path: Path, more: bytes) -> None:
    raw, changed = clean.path.read_bytes(), tmp_path / "changed.zip"
    for content in (raw + more, more + raw, raw[:-1]):
        changed.write_bytes(content)
        assert codes(changed) & {"BUNDLE_CHANGED", "BUNDLE_BROKEN"}


def test_the_last_letter_of_a_signature_has_one_spelling(clean: Made, tmp_path: Path) -> None:
    """The last of 86 letters carries two bits only: 15 others mean the same."""
    files, changed = unpacked(clean.path), tmp_path / "changed.zip"
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters.index(chr(files[CERTIFICATE][-1]))
    files[CERTIFICATE] = files[CERTIFICATE][:-1] + letters[last ^ 1].encode()
    changed.write_bytes(packed(files))
    assert codes(changed) & {"BUNDLE_CHANGED", "SIGNATURE_INVALID"}


def test_another_key_is_not_the_trusted_one(clean: Made, tmp_path: Path) -> None:
    create(tmp_path / "other.jwk")
    other = str(load(tmp_path / "other.jwk", private=True).kid)
    assert {o.code for o in audit(clean.path, [other]).objections} == {"SIGNER_UNKNOWN"}


def test_the_signer_cannot_be_exchanged(clean: Made, tmp_path: Path) -> None:
    create(tmp_path / "other.jwk")
    files, changed = unpacked(clean.path), tmp_path / "changed.zip"
    files[SIGNER] = as_file(public_jwk(load(tmp_path / "other.jwk", private=True).dict_value))
    changed.write_bytes(packed(files))
    assert codes(changed) == {"SIGNATURE_INVALID"}


@pytest.mark.parametrize("name", [JOURNAL, STATEMENT, "notes.txt"])
def test_a_file_that_the_certificate_does_not_name_as_it_is(clean: Made, tmp_path: Path, name: str) -> None:
    files, changed = unpacked(clean.path), tmp_path / "changed.zip"
    files[name] = files.get(name, b"") + b"\n"
    changed.write_bytes(packed(files))
    assert codes(changed) == {"BUNDLE_CHANGED"}


def test_what_a_gateway_fills_in_is_not_in_the_bundle(failing: Made) -> None:
    """Not even what names nobody: nobody knows in which spelling somebody may stand there."""
    raw = (failing.folder / JOURNAL).read_text(encoding="utf-8")
    content = unpacked(failing.path)[JOURNAL].decode()
    assert "（BadSignatureError）" in raw
    assert "（BadSignatureError）" not in content
    assert "⟦文 " in content


@pytest.mark.parametrize(
    "claimed",
    [
        {"result": {"verdict": "適合", "exit_code": 0}},
        {"gateway": {"organisation": "221007", "product": "別の製品"}},
        {"versions": {}},
        {"further": "適合"},
    ],
)
def test_a_claim_that_does_not_follow_from_the_record_is_found(
    failing: Made, tmp_path: Path, claimed: dict[str, Any]
) -> None:
    forged = failing.signed(tmp_path / "forged.zip", unpacked(failing.path), **claimed)
    assert "CLAIM_DIFFERS" in codes(forged)


def test_a_known_failure_is_no_conformance(failing: Made, tmp_path: Path) -> None:
    """Neither waved in afterwards, nor counted as conformance where it was there from the beginning."""

    def waived(entries: Entries) -> Entries:
        for entry in entries:
            if entry["type"] == "run":
                rest = {"scenario": "", "owner": "a", "reason": "b", "expires": "2999-01-01"}
                entry["known"] = [{"requirement": "NET-02", **rest}]
        return entries

    found = audit(failing.forged(tmp_path / "forged.zip", waived))
    assert said(found)["result"]["waivers"] == 1
    assert said(found)["result"]["verdict"] == "不適合"


def test_an_attestation_is_about_one_certificate(clean: Made, failing: Made, tmp_path: Path) -> None:
    """It is added without touching the evidence, and cannot be moved to another bundle."""
    key = load(clean.key, private=True)
    files, target = unpacked(clean.path), tmp_path / "attested.zip"
    attested = Attestation("静岡市", "情報　花子", "課長", date(2026, 11, 23), "記録を確かめた")
    token, public = names(key)
    both = {token: signed(attested, files[CERTIFICATE], key), public: as_file(public_jwk(key.dict_value))}
    target.write_bytes(packed({**files, **both}))
    found = audit(target)
    assert (found.objections, [one.said for one in found.attested]) == ((), [attested])
    target.write_bytes(packed({**unpacked(failing.path), **both}))
    assert codes(target) == {"SIGNATURE_INVALID"}


def test_another_suite_says_nothing_about_it(clean: Made, tmp_path: Path) -> None:
    hashes = {**said(audit(clean.path))["hashes"], "suite": "0" * 64}
    assert "SUITE_DIFFERS" in codes(clean.signed(tmp_path / "x.zip", unpacked(clean.path), hashes=hashes))


def test_a_matrix_of_another_suite_is_refused(clean: Made, tmp_path: Path) -> None:
    matrix = {"schema": "renkei-matrix", "suite": "0" * 64, "exit_code": 0, "complete": True}
    files = {**unpacked(clean.path), "matrix.json": json.dumps(matrix).encode()}
    assert "ATTACHMENT_DIFFERS" in codes(clean.signed(tmp_path / "x.zip", files))
