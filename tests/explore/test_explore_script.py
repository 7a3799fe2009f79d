"""The script of a failure sends the recorded requests with curl, and puts what a gateway calls things anew in the place of what it called
them then."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from unittest.mock import ANY

from harness.explore.script import to_script
from tests.explore.told import found

OWN = "221007"


def call(second: float, method: str, path: str, **about: Any) -> dict[str, Any]:
    """A call of the south face as a journal has it."""
    known: dict[str, Any] = {
        "caller": "business",
        "request": None,
        "staff": None,
        "response": {},
        "seconds": 0.01,
        "status": 200,
    }
    began = f"2026-08-01T09:00:{second:06.3f}000Z"
    return {"type": "poll", "method": method, "path": path, "began": began, **known, **about}


def told(path: str, **answer: Any) -> dict[str, Any]:
    """An instruction to the network."""
    return {
        "type": "control",
        "method": "POST",
        "path": path,
        "request": {"as": "401307"},
        "response": answer,
    }


STAFF = {"id": "s-1", "role": "tax", "valid_until": ""}
ENTRIES = [
    told("/people", enrolment_tokens={OWN: "token-of-then", "401307": "other"}, link_codes={}),
    call(1, "PUT", "/v1/subjects/1", request={"enrolment_token": "token-of-then", "name": 'O\'Neil \\ "葛󠄀"'}),
    call(
        2, "POST", "/v1/enquiries", request={"local_id": "1"}, staff=STAFF, response={"enquiry_id": "id-then"}
    ),
    told("/enquiries", correlation_id="correlation-then"),
    call(3, "GET", "/v1/enquiries/id-then"),
    call(3.005, "GET", "/v1/enquiries/id-then/result"),
    call(4, "POST", "/v1/pending/correlation-then/approval", request={}, caller="staff"),
    call(5, "GET", "/v1/health", caller=""),
]


# Of the control API, where the network can be reached.
SAID = {
    "/control/v1/people": {"person": "p", "enrolment_tokens": {"401307": "other", OWN: "token-fresh"}},
    "/control/v1/enquiries": {"message_id": "correlation-fresh", "correlation_id": "correlation-fresh"},
}


@contextmanager
def gateway() -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
    """One that calls every enquiry `id-now`; method, path, token and body of what it was asked."""
    asked: list[tuple[str, str, str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            asked.append((self.command, self.path, self.headers.get("Authorization", ""), body))
            said = json.dumps(SAID.get(self.path, {"enquiry_id": "id-now"})).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_PUT = do_POST = answer  # noqa: N815  # as http.server calls them

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_script_sends_what_was_sent(tmp_path: Path) -> None:
    script = tmp_path / "01.sh"
    script.write_text(to_script(found([[{"op": "情報登録"}]], ENTRIES), "01", OWN), encoding="utf-8")
    with gateway() as (url, asked):
        given = {"SOUTH": url, "BUSINESS": "b", "STAFF": "s", "AUDIT": "a", "TOKEN_1": "token-now"}
        given |= {"CORRELATION_1": "correlation-now", "PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)}
        done = subprocess.run(["sh", str(script)], env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    requests = [(method, path, token) for method, path, token, _ in asked]
    assert requests[:2] == [
        ("PUT", "/v1/subjects/1", "Bearer b"),
        ("POST", "/v1/enquiries", "Bearer b"),
    ]
    assert set(requests[2:4]) == {
        ("GET", "/v1/enquiries/id-now", "Bearer b"),
        ("GET", "/v1/enquiries/id-now/result", "Bearer b"),
    }
    assert requests[4:] == [
        ("POST", "/v1/pending/correlation-now/approval", "Bearer s"),
        ("GET", "/v1/health", ""),
    ]
    assert json.loads(asked[0][3]) == {"enrolment_token": "token-now", "name": 'O\'Neil \\ "葛󠄀"'}


def test_what_broke_the_contract_is_marked(tmp_path: Path) -> None:
    failure = found([[{"op": "情報登録"}]], ENTRIES)
    lines = {  # of the judge, who has seen two entries before these
        "南側の POST /v1/enquiries（5 行目）": "call 3 '200 ★' POST",
        "送った電文 9（照会応答、電文番号 x）": "sent \"$CORRELATION_1\" 1 ' ★'",
        "リンクコードの発行要求（99 行目）": None,
    }
    header = {"correlation_id": "correlation-then"}
    message = {
        "type": "exchange",
        "face": "north",
        "direction": "from_gateway",
        "seq": 9,
        "header": header,
    }
    for where, marked in lines.items():
        tried = replace(failure.tried, before=2, entries=(*failure.tried.entries, cast(Any, message)))
        told = replace(failure, tried=tried, violation=replace(failure.violation, where=where))
        _, _, body = to_script(told, "01", OWN).partition("set -u\n")
        assert [line for line in body.splitlines() if "★" in line] == ([ANY] if marked else [])
        assert (marked or "") in body


def test_no_token_of_then_is_in_it_and_the_network_is_told_of() -> None:
    script = to_script(found([[{"op": "情報登録"}]], ENTRIES), "01", OWN)
    assert not [word for word in ("token-of-then", "id-then", "correlation-then") if word in script]
    assert "network 4 POST /enquiries" in script
    assert "renkei replay 01.json" in script


def test_where_the_network_can_be_reached_it_is_told_what_it_was_told_then(tmp_path: Path) -> None:
    script = tmp_path / "01.sh"
    script.write_text(to_script(found([[{"op": "情報登録"}]], ENTRIES), "01", OWN), encoding="utf-8")
    with gateway() as (url, asked):
        given = {
            "SOUTH": url,
            "CONTROL": url,
            "CONTROL_TOKEN": "c",
            "BUSINESS": "b",
            "STAFF": "s",
            "AUDIT": "a",
        }
        given |= {"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)}
        done = subprocess.run(["sh", str(script)], env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told_network = [(method, path, token) for method, path, token, _ in asked if path.startswith("/control")]
    assert told_network[:2] == [
        ("POST", "/control/v1/people", "Bearer c"),
        ("POST", "/control/v1/enquiries", "Bearer c"),
    ]
    assert told_network[2][1].endswith("correlation_id=correlation-fresh"), "what was sent is counted"
    assert json.loads(asked[1][3])["enrolment_token"] == "token-fresh"
    assert "/v1/pending/correlation-fresh/approval" in [path for _, path, _, _ in asked]
    assert "2 PUT /v1/subjects/1 200（そのときは 200）" in done.stdout
