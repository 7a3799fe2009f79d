"""What contract 2 decides of the south face (guide §12): the reference gateway does so, whichever version it declares."""

import base64
import json
from typing import Any

import httpx
import pytest

from harness.contract.items import occurrence
from harness.contract.legacy_layout import LINE_END, layout, line_of
from harness.contract.schemas import problem_with
from harness.contract.versions import VERSIONS
from tests.gateway.fake_network import TAX, FakeNetwork, answer_to, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import STAFF, TOKENS, Gateway, gateway, subject, until, wish

LONGEST = 64_000_000


def code_of(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def ask(clean: Gateway, network: FakeNetwork, person: str) -> dict[str, Any]:
    """The items that an enquiry of a partner about the year 2011 is answered with."""
    asked = enquiry(link_code(f"token-{person}"))
    assert post(clean.north, sealed(asked)).status_code == 202
    content = network.answer_to(asked.header.correlation_id).content
    assert content is not None
    items: dict[str, Any] = content["items"]
    return items


@pytest.mark.parametrize("version", VERSIONS)
def test_the_gateway_says_by_which_contract_it_is_to_be_judged(network: FakeNetwork, version: str) -> None:
    with gateway(network.url, "--contract", version) as running:
        health = running.call("GET", "/v1/health", "").json()
    assert health["contract"] == version
    assert problem_with("health", health, version) is None


def test_a_body_beyond_the_limit_is_too_large_and_within_it_is_read(clean: Gateway) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['business']}"}
    longer = clean.client.put("/v1/records", content=b" " * (LONGEST + 1), headers=headers)
    assert code_of(longer) == (413, "TOO_LARGE")
    assert problem_with("error", longer.json()) is None
    assert code_of(clean.client.put("/v1/records", content=b" " * LONGEST, headers=headers))[0] == 422


def test_a_body_beyond_the_limit_is_looked_at_after_token_and_staff(clean: Gateway) -> None:
    body = b" " * (LONGEST + 1)
    assert code_of(clean.client.post("/v1/enquiries", content=body))[0] == 401
    headers = {"Authorization": f"Bearer {TOKENS['business']}", **STAFF, "X-Staff-Valid-Until": "2012-01-01"}
    refused = clean.client.post("/v1/enquiries", content=body, headers=headers)
    assert code_of(refused) == (403, "STAFF_SESSION_EXPIRED")


@pytest.mark.parametrize("written", ["812000.0", "8.12e5"])
def test_a_number_without_fraction_is_an_integer(
    clean: Gateway, network: FakeNetwork, person: str, written: str
) -> None:
    clean.register(person, f"token-{person}")
    record = {"local_id": person, "information": TAX, "key": {"相当年度": "2011"}, "items": {"総所得額": 0}}
    text = json.dumps(record).replace(": 0}", f": {written}}}")
    headers = {"Authorization": f"Bearer {TOKENS['business']}"}
    assert clean.client.put("/v1/records", content=text, headers=headers).status_code == 200
    assert json.dumps(list(ask(clean, network, person).values())) == "[812000]"


def test_a_number_with_a_fraction_is_none(clean: Gateway, person: str) -> None:
    clean.register(person, f"token-{person}")
    record = {"local_id": person, "information": TAX, "key": {}, "items": {"総所得額": 812000.5}}
    assert code_of(clean.call("PUT", "/v1/records", body=record)) == (422, "INVALID_REQUEST")


def test_an_integer_in_an_answer_is_handed_over_as_one(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"token-{person}")
    status = clean.enquire(person)
    asked = network.answer_to(status["correlation_id"]).header
    answer = answer_to(asked, link_code(f"token-{person}"), {"items": {"総所得額": 812000.0}})
    assert post(clean.north, sealed(answer)).status_code == 202
    clean.await_status(status["enquiry_id"], "応答済")
    result = clean.call("GET", f"/v1/enquiries/{status['enquiry_id']}/result")
    assert '"総所得額":812000}' in result.text


def test_a_plus_in_a_query_is_a_plus(clean: Gateway, person: str) -> None:
    clean.call("POST", "/v1/enquiries", body=wish("404"), X_Staff_Id=f"a+{person}")
    assert len(clean.log("audit", staff_id=f"a+{person}")) == 1
    assert len(clean.log("audit", staff_id=f"a%2B{person}")) == 1
    assert clean.log("audit", staff_id=f"a%20{person}") == []


def test_a_method_that_there_is_not_comes_before_the_token_and_is_no_refusal(clean: Gateway) -> None:
    before = clean.log("audit")
    assert clean.client.request("DELETE", "/v1/records").status_code == 405
    assert clean.log("audit") == before


@pytest.mark.parametrize("name", ["X-Staff-Id", "X-Staff-Role"])
@pytest.mark.parametrize("value", ["a\tb", "職員", "\xa0a", ""])
def test_staff_of_another_form_are_nobody(clean: Gateway, name: str, value: str) -> None:
    headers = [(b"authorization", f"Bearer {TOKENS['staff']}".encode())]
    given = STAFF | {name: value}
    headers += [(given_name.encode(), text.encode()) for given_name, text in given.items()]
    assert code_of(clean.client.get("/v1/pending", headers=headers)) == (403, "STAFF_REQUIRED")


@pytest.mark.parametrize(("until_when", "status"), [("", 403), ("soon", 403), ("2099-01-01T00:00:00Z", 200)])
def test_an_end_of_a_session_that_is_no_moment_has_passed(
    clean: Gateway, until_when: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['staff']}", **STAFF, "X-Staff-Valid-Until": until_when}
    assert clean.client.get("/v1/pending", headers=headers).status_code == status


def imported(clean: Gateway, information: str, data: bytes) -> httpx.Response:
    body = {"information": information, "file": base64.b64encode(data).decode()}
    headers = {"Authorization": f"Bearer {TOKENS['business']}"}
    return clean.client.post("/v1/imports", json=body, headers=headers)


def tax_line(local_id: str, changes: dict[str, bytes] | None = None, **items: Any) -> bytes:
    """A line of which fields are overwritten, each at its beginning."""
    line = line_of(TAX, local_id, {"相当年度": "2011", "総所得額": 5, "扶養親族数": 1, **items})
    start = 0
    for field in layout(TAX):
        if changes and field.name in changes:
            new = changes[field.name]
            line = line[:start] + new + line[start + len(new) :]
        start += field.width
    return line


INCOME = "総所得額"
WIDTH = next(field.width for field in layout(TAX) if field.name == INCOME)


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        (b"+" + b"5".rjust(WIDTH - 1, b"0"), True),
        (b"-" + b"5".rjust(WIDTH - 1, b"0"), True),
        (b"5".rjust(WIDTH, b"0"), False),
        (b" " + b"5".rjust(WIDTH - 1, b"0"), False),
        (b"+" + b"5".rjust(WIDTH - 1), False),
        (b"+5".ljust(WIDTH), False),
        (b"++" + b"5".rjust(WIDTH - 2, b"0"), False),
    ],
)
def test_a_number_of_a_file_has_one_form(clean: Gateway, person: str, written: bytes, taken: bool) -> None:
    clean.register(person, f"token-{person}")
    result = imported(clean, TAX, tax_line(person, {INCOME: written})).json()
    errors = [] if taken else [(1, INCOME, "LINE_MALFORMED")]
    assert [(e["line"], e["item"], e["code"]) for e in result["errors"]] == errors
    assert result["accepted"] == int(taken)


def test_a_character_that_its_field_cuts_is_unmappable(clean: Gateway, person: str) -> None:
    clean.register(person, f"token-{person}")
    information = "住民票関係情報"
    line = line_of(information, person, {"氏名": "静岡　花子"})
    place, width = 20, layout(information)[1].width
    cut = line[: place + width - 1] + "高".encode("cp932")[:1] + line[place + width :]
    (error,) = imported(clean, information, cut).json()["errors"]
    assert (error["item"], error["code"]) == ("氏名", "CHARACTER_UNMAPPABLE")


@pytest.mark.parametrize("raw", [b"\x80", b"\xa0", b"\xfd", b"\xff", b"\xf0\x40", b"\x81\xad"])
def test_bytes_that_are_no_code_are_unmappable(clean: Gateway, person: str, raw: bytes) -> None:
    clean.register(person, f"token-{person}")
    information = "住民票関係情報"
    line = line_of(information, person, {"氏名": "静岡　花子"})
    place = 20
    (error,) = imported(clean, information, line[:place] + raw + line[place + len(raw) :]).json()["errors"]
    assert (error["item"], error["code"]) == ("氏名", "CHARACTER_UNMAPPABLE")


@pytest.mark.parametrize(("data", "lines"), [(b"", 0), (LINE_END, 1), (LINE_END * 2, 2)])
def test_an_empty_file_has_no_line(clean: Gateway, data: bytes, lines: int) -> None:
    result = imported(clean, TAX, data).json()
    assert (result["accepted"], [e["code"] for e in result["errors"]]) == (0, ["LINE_MALFORMED"] * lines)


def test_a_blank_field_of_the_key_is_no_part_of_it_and_a_blank_local_id_nobodys(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"token-{person}")
    assert imported(clean, TAX, tax_line(person, 相当年度=None)).json()["accepted"] == 1
    place = {"local_id": person, "information": TAX, "key": {}}
    assert clean.call("POST", "/v1/records/deletion", body=place).status_code == 200
    (error,) = imported(clean, TAX, tax_line("")).json()["errors"]
    assert error["code"] == "SUBJECT_UNKNOWN"


def test_a_file_that_has_no_layout_or_is_no_base64_is_invalid(clean: Gateway) -> None:
    headers = {"Authorization": f"Bearer {TOKENS['business']}"}
    for body in ({"information": "戸籍関係情報", "file": ""}, {"information": TAX, "file": "A"}):
        reply = clean.client.post("/v1/imports", json=body, headers=headers)
        assert code_of(reply) == (422, "INVALID_REQUEST")


def test_what_waits_under_a_link_code_of_the_past_is_about_nobody(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"token-{person}")
    clean.handle("subject", person)
    first, second = (enquiry(link_code(f"token-{person}")) for _ in range(2))
    for asked in (first, second):
        assert post(clean.north, sealed(asked)).status_code == 202
    until(lambda: len([row for row in clean.pending() if row["local_id"] == person]) == 2)
    assert clean.decide(first.header.correlation_id, "approval").status_code == 200
    assert network.answer_to(first.header.correlation_id).header.kind == "照会応答"
    assert clean.call("PUT", f"/v1/subjects/{person}", body=subject(f"new-{person}")).status_code == 200
    assert clean.decide(second.header.correlation_id, "approval").status_code == 200
    error = network.answer_to(second.header.correlation_id)
    assert (error.header.kind, (error.content or {})["code"]) == ("エラー", "SUBJECT_UNKNOWN")


def test_who_owns_the_information_alone_sees_and_decides_what_waits(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    other = {"X_Staff_Role": "child-allowance", "X_Staff_Id": f"other-of-{person}"}
    clean.register(person, f"token-{person}")
    clean.handle("subject", person)
    asked = enquiry(link_code(f"token-{person}"))
    id_ = asked.header.correlation_id
    assert post(clean.north, sealed(asked)).status_code == 202
    until(lambda: any(row["correlation_id"] == id_ for row in clean.pending()))
    assert all(row["information"] != TAX for row in clean.pending(**other))
    for decision in ("approval", "refusal"):
        assert code_of(clean.decide(id_, decision, **other)) == (403, "ROLE_NOT_ALLOWED")
    tried = clean.log("audit", correlation_id=id_, staff_id=f"other-of-{person}")
    assert [entry["code"] for entry in tried] == ["ROLE_NOT_ALLOWED"] * 2
    assert clean.decide(id_, "approval").status_code == 200
    assert network.answer_to(id_).header.kind == "照会応答"
    assert code_of(clean.decide(id_, "approval", **other)) == (404, "NOT_FOUND")


def test_what_repeats_is_provided_up_to_its_limit(clean: Gateway, network: FakeNetwork, person: str) -> None:
    information, names = "障害者関係情報", ("ほかの手帳の種類", "ほかの手帳の等級")
    assert clean.call("PUT", f"/v1/subjects/{person}", body=subject(f"token-{person}")).status_code == 201
    held = {"手帳の有無": "1", "障害名": "x"}
    held |= {occurrence(name, number): str(number) for number in range(1, 5) for name in names}
    held.pop(occurrence(names[0], 2))
    clean.put(person, information, {}, held)
    asked = enquiry(link_code(f"token-{person}"), information=information)
    assert post(clean.north, sealed(asked)).status_code == 202
    content = network.answer_to(asked.header.correlation_id).content
    expected = {n: v for n, v in held.items() if n != "障害名" and not n.endswith("[4]")}
    assert content == {"items": expected}


def test_a_file_of_a_set_is_taken_whole_and_what_is_missing_is_told(clean: Gateway, person: str) -> None:
    clean.register(person, f"token-{person}")
    lines = [line_of(TAX, person, {"相当年度": str(2001 + number)}) + LINE_END for number in range(3)]

    def sent(data: bytes, **announced: object) -> httpx.Response:
        body = {"information": TAX, "file": base64.b64encode(data).decode()}
        said = {"id": f"set-{person}", "number": 1, "of": 2, "lines": 1, **announced}
        headers = {"Authorization": f"Bearer {TOKENS['business']}"}
        return clean.client.post("/v1/imports", json={**body, "set": said}, headers=headers)

    for wrong in ({"lines": 2}, {"lines": 0}, {"number": 3}, {"id": ""}, {"of": 0}):
        assert code_of(sent(lines[0], **wrong)) == (422, "INVALID_REQUEST")
    for number, missing in ((2, [1]), (2, [1]), (1, [])):
        reply = sent(lines[number], number=number)
        assert reply.json() == {"accepted": 1, "errors": [], "missing": missing}
        assert problem_with("import-result", reply.json(), "2") is None
