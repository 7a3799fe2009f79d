"""The miniatures are let in by their health and by nothing else that they do."""

import pytest

from mocks.miniatures.__main__ import main
from tests.gateway.fake_network import TAX, FakeNetwork, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import gateway, subject, wish


def test_null_accepts_everything_and_does_nothing(network: FakeNetwork) -> None:
    with gateway(network.url, module="mocks.miniatures", first="null") as running:
        assert running.call("GET", "/v1/health", "").json()["organisation"] == "221007"
        assert running.call("PUT", "/v1/subjects/1", body=subject("t")).status_code == 201
        running.put("1", TAX, {}, {})
        assert running.call("POST", "/v1/records/bulk", body={"records": []}).status_code == 200
        running.handle("subject", "1")
        asked = enquiry(link_code("t"))
        assert post(running.north, sealed(asked)).json() == {"message_id": asked.header.message_id}
        assert post(running.north, "hello").status_code == 202
        status = running.call("POST", "/v1/enquiries", body=wish("1")).json()
        assert running.status(status["enquiry_id"])["status"] == "送信済"
        assert running.call("GET", f"/v1/enquiries/{status['enquiry_id']}/result").json()["items"] == {}
        assert running.pending() == running.log("access") == running.log("audit") == []
        assert running.decide(asked.header.correlation_id, "approval").status_code == 200
        assert network.of(asked.header.correlation_id) == []


def test_refuses_everything_refuses_everything(network: FakeNetwork) -> None:
    with gateway(network.url, module="mocks.miniatures", first="refuses-everything") as running:
        assert running.call("GET", "/v1/health", "").status_code == 200
        reply = post(running.north, sealed(enquiry(link_code("t"))))
        assert (reply.status_code, reply.json()["code"]) == (403, "ROLE_NOT_ALLOWED")
        for method, path in (("GET", "/v1/pending"), ("PUT", "/v1/subjects/1"), ("GET", "/v1/logs/access")):
            assert running.call(method, path, body={}).status_code == 403


@pytest.mark.parametrize("arguments", [[], ["nobody"]])
def test_an_unknown_miniature_answers_with_those_that_there_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "refuses-everything" in capsys.readouterr().err
