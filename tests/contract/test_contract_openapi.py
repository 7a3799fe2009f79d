"""The two OpenAPI files: valid, complete, and their examples meet the schemas."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename

from harness.contract.publish import CONTRACT
from harness.contract.refusals import refusals
from harness.contract.schemas import problem_with, schema_names

FACES = ("south", "north")
# The statement is a file, and the inside of a JWS or JWE is no HTTP body.
NOT_A_BODY = {"statement", "header", "message", "content", "link-code-request"}


def document(face: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CONTRACT / f"{face}.openapi.json").read_text(encoding="utf-8"))
    return found


def operations(face: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document(face)["paths"].items():
        for method in item.keys() & {"get", "put", "post", "delete", "patch"}:
            yield path, method, item[method]


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Status (or "request") and media type object of every body."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        yield "request", media
    for status, response in operation["responses"].items():
        for media in response["content"].values():
            yield status, media


def named(media: dict[str, Any]) -> str | None:
    reference: str | None = media["schema"].get("$ref")
    return reference and reference.removeprefix("schemas/").removesuffix(".schema.json")


@pytest.mark.parametrize("face", FACES)
def test_it_is_valid_openapi(face: str) -> None:
    content, url = read_from_filename(str(CONTRACT / f"{face}.openapi.json"))
    validate(content, base_uri=url)


@pytest.mark.parametrize("face", FACES)
def test_operations_are_named_and_described_in_both_languages(face: str) -> None:
    found = list(operations(face))
    assert len({o["operationId"] for _, _, o in found}) == len(found)
    tags = {t["name"] for t in document(face)["tags"]}
    for path, _, operation in found:
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", operation["summary"]), path
        assert re.match(r"[A-Z]", operation["description"]), path
        assert set(operation["tags"]) <= tags


@pytest.mark.parametrize("face", FACES)
def test_every_body_has_examples_that_meet_its_schema(face: str) -> None:
    for path, method, operation in operations(face):
        for status, media in bodies(operation):
            assert media["examples"], f"{method} {path} {status}"
            name = named(media)
            for example in media["examples"].values():
                if name:
                    assert problem_with(name, example["value"]) is None, f"{method} {path} {status}"
                else:
                    assert re.search(media["schema"]["pattern"], example["value"])


@pytest.mark.parametrize("face", FACES)
def test_refusals_are_those_of_the_catalogue(face: str) -> None:
    for path, method, operation in operations(face):
        for status, response in operation["responses"].items():
            if int(status) < 400:
                continue
            for code, example in response["content"]["application/json"]["examples"].items():
                refusal = refusals()[code]
                where = f"{method} {path} {status} {code}"
                assert (refusal.status, refusal.phase) == (int(status), example["value"]["phase"]), where
                assert refusal.ja in response["description"], where
                assert refusal.en in response["description"], where


def test_every_http_refusal_is_given_somewhere() -> None:
    given = {
        code
        for face in FACES
        for _, _, operation in operations(face)
        for status, response in operation["responses"].items()
        if int(status) >= 400
        for code in response["content"]["application/json"]["examples"]
    }
    assert given == {r.code for r in refusals().values() if r.status}


def test_every_schema_of_a_body_is_used() -> None:
    text = "".join((CONTRACT / f"{face}.openapi.json").read_text(encoding="utf-8") for face in FACES)
    assert {n for n in schema_names() if f"schemas/{n}.schema.json" not in text} <= NOT_A_BODY


def test_the_south_face_asks_for_the_right_token_and_staff() -> None:
    for path, method, operation in operations("south"):
        staffed = {"#/components/parameters/StaffId", "#/components/parameters/StaffRole"} <= {
            p["$ref"] for p in operation.get("parameters", ())
        }
        codes = {
            c for r in operation["responses"].values() for c in r["content"]["application/json"]["examples"]
        }
        assert staffed == ("STAFF_REQUIRED" in codes), f"{method} {path}"
        assert bool(operation["security"]) == (path != "/v1/health") == ("UNAUTHENTICATED" in codes)


@pytest.mark.parametrize("face", FACES)
def test_examples_of_parameters_meet_them(face: str) -> None:
    for parameter in document(face).get("components", {}).get("parameters", {}).values():
        assert re.search(parameter["schema"].get("pattern", ""), parameter["example"])


def test_the_tokens_of_the_north_face_are_those_of_the_examples() -> None:
    for path, name in (("/v1/inbox", "02-enquiry-received"), ("/v1/link-codes", "01-link-code-request")):
        media = document("north")["paths"][path]["post"]["requestBody"]["content"]["application/jose"]
        worked = json.loads((CONTRACT / "examples" / f"{name}.json").read_text(encoding="utf-8"))
        assert media["examples"]["例"]["value"] == worked["token"]
