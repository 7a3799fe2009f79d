"""Tamper evidence of a log (guide §7, own): every entry carries a seal over itself and the entry before."""

import hashlib
from typing import Any

import rfc8785


def seal(previous: str, entry: dict[str, Any]) -> str:
    """64 hexadecimal digits: SHA-256 over the seal before (empty for the first entry) and this entry without its
    seal in the form of RFC 8785. Raises ValueError for what has none: a lone surrogate, a number that JSON cannot carry."""
    bare = {name: value for name, value in entry.items() if name != "seal"}
    return hashlib.sha256(previous.encode() + rfc8785.dumps(bare)).hexdigest()
