"""Bodies of requests about records, and answers that report rows."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from harness.contract.legacy_layout import layout, line_of
from harness.contract.messages import Items

TAX, LICENCE = "地方税関係情報", "障害者関係情報"  # with an enquiry key, and without
LEVEL = "介護保険給付等関係情報"  # without a key: 要介護状態区分, 利用者負担月額 (S9), 認定有効期間終了日, 主治医の意見 (N)
CHILDREN = "保護申請関係情報"  # without a key; 世帯人員 is unsigned (9)
YEAR = {"相当年度": "2012"}


def record(local_id: str = "a", version: int | None = None, **other: Any) -> dict[str, object]:
    """Of schema `record`; `information`, `key`, `items`, `reasons` where they differ."""
    body = {"local_id": local_id, "information": TAX, "key": YEAR, "items": {"年税額": 1000}, **other}
    return body if version is None else {**body, "version": version}


def errors(*rows: tuple[int, str], total: int) -> dict[str, object]:
    """Of schema `bulk-result`."""
    found = [{"index": index, "code": code, "reason": "r"} for index, code in rows]
    return {"accepted": total - len(rows), "errors": found}


def refused(code: str) -> dict[str, object]:
    """Of schema `error`."""
    return {"code": code, "phase": "連携情報保管", "reason": "r"}


def file(lines: Sequence[bytes], *, ended: bool = True, information: str = TAX) -> dict[str, str]:
    """Of schema `import`."""
    data = b"\r\n".join(lines) + (b"\r\n" if ended and lines else b"")
    return {"information": information, "file": base64.b64encode(data).decode()}


def line(
    local_id: str = "a", information: str = TAX, raw: Mapping[str, bytes] | None = None, **items: Any
) -> bytes:
    """One line; `raw`: fields whose bytes are given."""
    values: Items = {"相当年度": "2012"} if information == TAX else {}
    data, start = line_of(information, local_id, {**values, **items}), 0
    for field in layout(information):
        if raw and field.name in raw:
            data = data[:start] + raw[field.name].ljust(field.width) + data[start + field.width :]
        start += field.width
    return data


def reported(*rows: tuple[int, str | None, str], total: int) -> dict[str, object]:
    """Of schema `import-result`."""
    found = [{"line": number, "item": item, "code": code, "reason": "r"} for number, item, code in rows]
    return {"accepted": total - len(rows), "errors": found}
