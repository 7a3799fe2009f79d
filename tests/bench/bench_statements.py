"""Statements for tests: a valid one, written as a vendor would write it."""

import json
from pathlib import Path
from typing import Any

from harness.contract.keys import bench_keys

OWN = "221007"


def document(url: str = "http://127.0.0.1:9", **changes: Any) -> dict[str, Any]:
    """A valid statement for a gateway at a base URL, top-level entries replaced by `changes`."""
    return {
        "contract": "1",
        "organisation": {"code": OWN},
        "south": {
            "url": f"{url}/south",
            "tokens": {k: f"test-token-{k}" for k in ("business", "staff", "audit")},
        },
        "north": {"url": f"{url}/north"},
        "keys": bench_keys(OWN).public().to_jwk(),
        "declares": {
            "bindings": ["json"],
            "roles": ["照会側", "応答側"],
            "use_cases": ["児童扶養手当"],
            "modes": ["オンライン"],
            "handling": ["自動", "手動"],
            "tables": ["2015-09-09"],
        },
        **changes,
    }


def write(path: Path, value: dict[str, Any]) -> Path:
    """Writes a statement as TOML; JSON strings, arrays and numbers are TOML as they are."""
    lines = [f"{k} = {json.dumps(v)}" for k, v in value.items() if not isinstance(v, dict)]
    for name, table in value.items():
        if isinstance(table, dict):
            lines.append(f"[{name}]")
            lines += [f"{k} = {inline(v)}" for k, v in table.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def inline(value: Any) -> str:
    """An inline TOML value."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {inline(v)}" for k, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
