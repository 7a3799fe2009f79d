"""The check list of the inbox: nothing is wrong, and one thing is wrong, of each kind of message."""

from dataclasses import replace

import pytest

from harness.model.history.exchanges import Restart
from tests.model.histories import OTHER
from tests.model.letters import Post, moment, with_party

KINDS = ("照会依頼", "照会応答", "連絡", "受領", "エラー")
ASKS = {"照会応答": "照会依頼", "受領": "連絡", "エラー": "照会依頼"}


def of_kind(post: Post, kind: str, **changes: object) -> dict[str, object]:
    """The header of a message of this kind, for which the gateway has asked where it has to have."""
    person = post.person()
    header = post.header(kind, person, **changes)
    if kind in ASKS:
        header["correlation_id"] = post.ask(person, ASKS[kind])
    return header


@pytest.mark.parametrize("kind", KINDS)
def test_a_proper_message_is_accepted(kind: str) -> None:
    post = Post()
    post.post(of_kind(post, kind))
    assert post.broken() == []
    assert {a for _, a in post.occasions()} >= {f"{kind}・適正"}


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("MALFORMED", "inbox-schema"),
        ("SIGNATURE_INVALID", "inbox-outer-signature"),
        ("NOT_ADDRESSEE", "inbox-addressee"),
        ("EXPIRED", "inbox-expired"),
        ("REPLAYED", "inbox-replayed"),
        ("PARTNER_UNKNOWN", "inbox-sender"),
        ("DECRYPTION_FAILED", "inbox-decryption"),
        ("KEY_NOT_VALID", "inbox-content-signature"),
        ("ROLE_NOT_ALLOWED", "inbox-role"),
        ("BASIS_NOT_LAWFUL", "inbox-basis"),
        ("NOT_DECLARED", "inbox-accepts-enquiry"),
        ("NOT_FOUND", "inbox-accepts-enquiry"),
        ("UNDELIVERED", "inbox-directory"),
    ],
)
def test_a_proper_message_that_is_refused_breaks_the_rule_of_the_check(code: str, rule: str) -> None:
    post = Post()
    post.post(post.header(), answer=code)
    assert post.broken() == [rule]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("wrong", "code", "rule"), [
    ({"to": OTHER}, "NOT_ADDRESSEE", "inbox-addressee"),
    ({"expires_at": "2027-01-15T07:59:00Z"}, "EXPIRED", "inbox-expired"),
    ({"expires_at": "2027-01-15T16:59:00+09:00"}, "EXPIRED", "inbox-expired"),
    ({"from": "999997"}, "PARTNER_UNKNOWN", "inbox-sender"),
    ({"role": "unheard-of"}, "ROLE_NOT_ALLOWED", "inbox-role"),
    ({"role": "resident-tax"}, "ROLE_NOT_ALLOWED", "inbox-role"),
    ({"version": "2"}, "MALFORMED", "inbox-schema"),
])  # fmt: skip
def test_one_wrong_member_of_the_header_decides(
    kind: str, wrong: dict[str, object], code: str, rule: str
) -> None:
    for answer, broken in ((code, False), ("202", True), ("NOT_DECLARED", True)):
        post = Post()
        post.post({**of_kind(post, kind), **wrong}, answer=answer)
        assert [found.removesuffix("-answer") for found in post.broken()] == [rule] * broken


@pytest.mark.parametrize("member", ["version", "message_id", "kind", "basis", "link_code", "sent_at", "mode"])
def test_each_member_of_the_header_has_to_be_there(member: str) -> None:
    post = Post()
    header = post.header()
    token, inner = post.outer({n: v for n, v in header.items() if n != member}, "a..b.c.d"), None
    post.post(header, token, inner)
    post.post(post.header(), token, inner, answer="MALFORMED")
    assert post.broken() == ["inbox-schema"]
    assert ("inbox-schema", f"照会依頼・{member}") in post.occasions()


@pytest.mark.parametrize(("wrong", "rule"), [
    ({"basis": {"table": "1999-01-01", "item": "57"}}, "inbox-basis-table"),
    ({"basis": {"table": "条例", "item": "1"}}, "inbox-basis-undeclared"),
    ({"basis": {"table": "2015-09-09", "item": "26"}}, "inbox-basis-item"),
    ({"basis": {"table": "2015-09-09", "item": "5７"}}, "inbox-basis-item"),
    ({"information": "予防接種関係情報"}, "inbox-basis"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["照会依頼", "照会応答"])
def test_the_four_have_to_match_a_row_of_the_cited_item(
    kind: str, wrong: dict[str, object], rule: str
) -> None:
    for answer, broken in (("BASIS_NOT_LAWFUL", False), ("202", True), ("NOT_FOUND", True)):
        post = Post()
        post.post({**of_kind(post, kind), **wrong}, answer=answer)
        assert post.broken() == [rule if kind == "照会依頼" else "inbox-basis-answer"] * broken


@pytest.mark.parametrize("kind", ["連絡", "受領", "エラー"])
def test_the_basis_of_other_kinds_is_not_checked(kind: str) -> None:
    post = Post()
    post.post(of_kind(post, kind, basis={"table": "1999-01-01", "item": "1"}))
    post.post(of_kind(post, kind, basis={"table": "1999-01-01", "item": "1"}), answer="BASIS_NOT_LAWFUL")
    assert post.broken() == [
        {"連絡": "inbox-accepts-notice", "受領": "inbox-accepts-receipt"}.get(kind, "inbox-accepts-error")
    ]


def test_the_kinds_of_both_parties_are_those_of_the_directory() -> None:
    post = Post()
    row = next(row for row in with_party() if row["code"] == "401307")
    post.fetch(organisations=with_party({**row, "kind": "法務局"}))
    post.post(post.header(), answer="BASIS_NOT_LAWFUL")
    post.post(post.header())
    assert post.broken() == ["inbox-basis"]
    assert ("inbox-basis", "照会依頼・照会者が違う") in post.occasions()


@pytest.mark.parametrize(("kind", "roles", "rule"), [
    ("照会依頼", {"照会側", "連絡"}, "inbox-undeclared-providing"),
    ("照会応答", {"応答側", "連絡"}, "inbox-undeclared-requesting"),
    ("連絡", {"照会側", "応答側"}, "inbox-undeclared-telling"),
    ("受領", {"照会側", "応答側"}, "inbox-undeclared-telling"),
    ("エラー", {"応答側"}, "inbox-undeclared-either"),
    ("エラー", {"照会側"}, ""),
    ("エラー", {"連絡"}, ""),
])  # fmt: skip
def test_what_is_not_declared_is_refused(kind: str, roles: set[str], rule: str) -> None:
    post = Post()
    declared = post.told.declared
    post.told.declared = replace(declared, lists={**declared.lists, "roles": frozenset(roles)})
    post.post(of_kind(post, kind), answer="NOT_DECLARED" if rule else "202")
    assert post.broken() == []
    post.post(of_kind(post, kind), answer="NOT_FOUND")
    post.post(of_kind(post, kind), answer="202")
    assert post.broken() == ([rule, rule] if rule else ["inbox-unasked"])


def test_the_first_of_two_faults_decides() -> None:
    faults: list[tuple[str, dict[str, object]]] = [
        ("MALFORMED", {"version": "2"}),
        ("NOT_ADDRESSEE", {"to": OTHER}),
        ("EXPIRED", {"expires_at": "2027-01-15T07:00:00Z"}),
        ("PARTNER_UNKNOWN", {"from": "999997"}),
        ("ROLE_NOT_ALLOWED", {"role": "auditor"}),
        ("BASIS_NOT_LAWFUL", {"information": "登記関係情報"}),
    ]
    for place, (first, wrong) in enumerate(faults):
        for second, also in faults[place + 1 :]:
            post = Post()
            post.post({**post.header(), **also, **wrong}, answer=first)
            assert post.broken() == []
            post.post({**post.header(), **also, **wrong}, answer=second)
            assert len(post.broken()) == 1, (first, second)


@pytest.mark.parametrize(("code", "rule"), [
    ("EXPIRED", "inbox-expired"),
    ("REPLAYED", "inbox-replayed"),
    ("DECRYPTION_FAILED", "inbox-decryption"),
    ("BASIS_NOT_LAWFUL", "inbox-role"),
])  # fmt: skip
def test_a_check_that_refuses_what_a_later_one_has_to_refuse_is_at_fault(code: str, rule: str) -> None:
    """And where the code is of a later check, the one that was passed over."""
    post = Post()
    post.post(post.header(role="auditor"), answer=code)
    assert post.broken() == [rule]


def test_the_clock_of_a_gateway_may_differ_by_five_seconds() -> None:
    for expires, answers in (
        ("08:00:06", {"202", "EXPIRED"}),
        ("08:00:20", {"202"}),
        ("08:00:02", {"EXPIRED"}),
    ):
        for answer in ("202", "EXPIRED"):
            post = Post()
            at = 4.0 if expires != "08:00:02" else 7.5
            post.post(post.header(expires_at=f"2027-01-15T{expires}Z"), answer=answer, at=at)
            assert (post.broken() == []) is (answer in answers), (expires, answer)


def test_an_offset_is_a_moment_not_a_text() -> None:
    post = Post()
    post.post(post.header(expires_at="2027-01-14T23:30:00-09:30"))
    post.post(post.header(expires_at="2027-01-14T23:30:00-09:30"), answer="EXPIRED")
    assert post.broken() == ["inbox-expired"]
    assert ("inbox-expired", "照会依頼・時差付き") in post.occasions()


def test_a_refusal_has_the_phase_and_the_status_that_are_published() -> None:
    post = Post()
    error = {"code": "NOT_ADDRESSEE", "phase": "認証・認可", "reason": "宛先"}
    post.post(post.header(to=OTHER), answer="NOT_ADDRESSEE", error=error)
    assert post.broken() == []
    post.post(post.header(to=OTHER), answer="NOT_ADDRESSEE", error={**error, "phase": "連携確認"})
    post.post(post.header(to=OTHER), answer="NOT_ADDRESSEE", status=400)
    assert post.broken() == ["inbox-addressee", "inbox-addressee"]


def test_an_answer_that_is_no_refusal_is_none_but_for_a_gateway_that_is_killed() -> None:
    post = Post()
    post.post(post.header(), status=503, text="")
    post.post(post.header(to=OTHER), status=302, text="")
    assert post.broken() == ["inbox-accepts-enquiry", "inbox-addressee"]
    post.told.told(Restart(99, moment(1.0)._replace(end=post.told.clock + 1)))
    assert post.broken() == []


def test_what_never_came_is_nobodys_fault() -> None:
    post = Post()
    post.post(post.header(), status=None, text="", problem="TIMED_OUT")
    assert (post.broken(), post.occasions()) == ([], set())


def test_a_message_is_confirmed_under_its_own_id() -> None:
    post = Post()
    post.post(post.header(), text='{"message_id":"3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"}')
    post.post(post.header(), text="{}", problem="様式 accepted に合わない")
    assert post.broken() == ["inbox-receipt", "inbox-receipt"]


def test_a_record_without_the_bytes_is_not_judged() -> None:
    post = Post()
    post.post(post.header(to=OTHER), "⟦電文 3f0c⟧")
    assert post.broken() == []
