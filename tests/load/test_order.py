"""An order says everything that Locust needs, and sends nothing where nobody allowed it."""

import json
from pathlib import Path
from typing import Any

import pytest

from load.prepare.arrivals import Phase, Spacing
from load.send.order import Order, OrderError

VALUES: dict[str, Any] = {
    "faces": {"north": "http://127.0.0.1:1", "south": "http://[::1]:2/south"},
    "phases": (Phase(0.0, 2.0, 1.0, 3.0),),
    "spacing": Spacing.POISSON,
    "seed": 7,
    "retries": 2,
    "in_flight": 9,
    "timeout_seconds": 5.0,
}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    order = Order(**VALUES)
    assert Order.read(order.write(tmp_path)) == order


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"phases": [{}]}', '{"phases": 1}'])
def test_what_is_no_order_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "order.json").write_text(text, encoding="utf-8")
    with pytest.raises(OrderError, match=r"order\.json ではない"):
        Order.read(tmp_path / "order.json")


def test_an_order_with_one_field_too_many_is_none(tmp_path: Path) -> None:
    path = Order(**VALUES).write(tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), "more": 1}))
    with pytest.raises(OrderError, match=r"order\.json ではない"):
        Order.read(path)


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1:9/south", "http://gateway.example/", "http://127.0.0.1.example/"]
)
def test_an_address_outside_is_refused_until_its_host_is_named(tmp_path: Path, url: str) -> None:
    faces = {"north": "http://127.0.0.1:1", "south": url}
    path = Order(**{**VALUES, "faces": faces}).write(tmp_path)
    with pytest.raises(OrderError, match="--allow-host"):
        Order.read(path)
    host = url.split("/")[2].partition(":")[0]
    allowed = Order(**{**VALUES, "faces": faces, "allowed": (host,)})
    assert Order.read(allowed.write(tmp_path)) == allowed
