"""Tamper evidence of a log (guide §7, own): every entry carries a seal over itself and the entry before."""

import hashlib
import json


def seal(previous: str, entry: dict[str, object]) -> str:
    """64 hexadecimal digits: SHA-256 over the seal before (empty for the first entry) and this entry without its
    seal, as JSON with sorted members and without blanks (RFC 8785: entries hold texts, whole numbers and null)."""
    bare = {name: value for name, value in entry.items() if name != "seal"}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()
