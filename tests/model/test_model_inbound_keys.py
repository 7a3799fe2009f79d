"""Check 9 of the inbox under further keys: valid, revoked, not yet valid and not valid any more."""

import pytest

from tests.model.histories import OTHER, PARTNER
from tests.model.letters import Post, closed, further, party, with_party

FAR = "2090-01-01T00:00:00Z"
AGO = "2010-01-01T00:00:00Z"


def near(seconds: float) -> str:
    return f"2027-01-15T08:{seconds // 60:02.0f}:{seconds % 60:02.0f}+00:00"


@pytest.mark.parametrize(("state", "answers", "rule"), [
    ((AGO, FAR, False), {"202"}, "inbox-key-valid"),
    ((AGO, FAR, True), {"KEY_NOT_VALID"}, "inbox-key-revoked"),
    ((AGO, near(50), False), {"KEY_NOT_VALID"}, "inbox-key-over"),
    ((near(70), FAR, False), {"KEY_NOT_VALID"}, "inbox-key-over"),
    ((AGO, near(58), False), {"202", "KEY_NOT_VALID"}, ""),
    ((near(62), FAR, False), {"202", "KEY_NOT_VALID"}, ""),
])  # fmt: skip
def test_a_further_key_holds_while_it_is_valid(
    state: tuple[str, str, bool], answers: set[str], rule: str
) -> None:
    for answer in ("202", "KEY_NOT_VALID", "SIGNATURE_INVALID"):
        post = Post()
        post.fetch(organisations=with_party(party(PARTNER, ("next", *state))))
        header = post.header()
        inner = post.inner(header, key=further("next"))
        post.post(header, post.outer(header, closed(inner)), inner, answer, at=60.0)
        assert (post.broken() == []) is (answer in answers), answer
        assert not rule or post.broken() in ([], [rule])


def test_of_a_revoked_key_and_a_moved_content_either_may_be_said() -> None:
    for answer, permitted in (("KEY_NOT_VALID", True), ("SIGNATURE_INVALID", True), ("202", False)):
        post = Post()
        post.fetch(organisations=with_party(party(PARTNER, ("next", AGO, FAR, True))))
        header = post.header()
        inner = post.inner(header, key=further("next"), to=OTHER)
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert (post.broken() == []) is permitted


def test_of_a_revoked_key_and_a_header_that_may_be_overlooked_either_may_be_said() -> None:
    for answer, permitted in (("KEY_NOT_VALID", True), ("SIGNATURE_INVALID", True), ("202", False)):
        post = Post()
        post.fetch(organisations=with_party(party(PARTNER, ("next", AGO, FAR, True))))
        header = post.header()
        inner = post.inner(header, key=further("next"), protected={"cty": "json"})
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert (post.broken() == []) is permitted


def test_a_key_of_one_organisation_is_none_of_another() -> None:
    post = Post()
    post.fetch(organisations=with_party(party(OTHER, ("next", AGO, FAR, False))))
    header = post.header()
    inner = post.inner(header, key=further("next"))
    post.post(header, post.outer(header, closed(inner)), inner)
    assert post.broken() == ["inbox-content-signature"]
