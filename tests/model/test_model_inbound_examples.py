"""The worked examples of the published contract, judged: what they say has to be what the model says."""

from typing import Any

import pytest

from harness.contract.json_binding import open_body, peek
from harness.contract.keys import bench_keys
from harness.contract.messages import parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.resources import json_document
from tests.model.histories import BEGAN, OWN
from tests.model.letters import Post

EXAMPLES: dict[str, Any] = json_document("published", "examples", "05-refused.json")
ENQUIRY: dict[str, Any] = json_document("published", "examples", "02-enquiry-received.json")
AT = parse_timestamp(EXAMPLES["received_at"]).timestamp()
# Over for 150 ms, by clocks that differ by more; and under a correlation id that is not its own.
IN_TWO_WAYS = {"expired", "moved-content"}


def inner_of(token: str) -> str | None:
    try:
        return open_body(str(peek(token).get("body")), bench_keys(OWN).encryption)
    except RefusedError:
        return None


def posted(token: str, answer: str, before: bool = False) -> list[str]:
    post = Post()
    post.told.clock = AT - 30
    post.fetch(at=AT - BEGAN - 30)
    if before:
        post.post(ENQUIRY["header"], ENQUIRY["token"], inner_of(ENQUIRY["token"]), at=AT - BEGAN - 1)
    post.post(ENQUIRY["header"], token, inner_of(token), answer, at=AT - BEGAN)
    return post.broken()


@pytest.mark.parametrize("example", EXAMPLES["refused"], ids=lambda example: str(example["name"]))
def test_an_example_is_refused_as_it_says(example: dict[str, Any]) -> None:
    code, before = example["expected"]["code"], bool(example["accepted_before"])
    assert posted(example["token"], code, before) == []
    if example["name"] not in IN_TWO_WAYS:
        others = {"202", "MALFORMED", "SIGNATURE_INVALID", "EXPIRED", "NOT_FOUND", "KEY_NOT_VALID"} - {code}
        assert all(len(posted(example["token"], other, before)) == 1 for other in others)


def test_the_example_that_is_received_is_accepted() -> None:
    assert posted(ENQUIRY["token"], "202") == []
    assert all(posted(ENQUIRY["token"], code) for code in ("MALFORMED", "EXPIRED", "DECRYPTION_FAILED"))
