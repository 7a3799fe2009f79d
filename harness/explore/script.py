"""A failure as a shell script of plain curl requests: the south face alone. What the network did stands in it as comments, as only a
network can do that."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, ControlEntry, PollEntry
from harness.contract.messages import parse_timestamp
from harness.explore.found import Found

_GIVEN: Final = ("enquiry_id", "batch_id", "notice_id", "session")  # by the gateway, in its answers
_QUIET_SECONDS: Final = 0.3  # so long nothing happened: something was waited for
_LOOKS: Final = ("/exchanges", "/provisions", "/health")
_HEAD: Final = r"""#!/bin/sh
# {sentence}
# 南側の要求だけを、記録された順に送る。ネットワークの側で行ったことは注釈に書いてある。そこまで行うには、次の命令を使う。
#   renkei replay {name}.json --gateway …
# 使い方: SOUTH=http://127.0.0.1:9101/south BUSINESS=… STAFF=… AUDIT=… sh {name}.sh
# 登録に使うトークン（TOKEN_1 など）と、届いた電文の correlation_id（CORRELATION_1 など）は、つないだネットワークのものを環境変数で与える。
set -u
work=$(mktemp -d)
call() {{ # 番号 メソッド パス トークン 本文 見出し…
  number=$1 method=$2 path=$3 token=$4 body=$5; shift 5
  set -- -sS -o "$work/$number.json" -w "$number $method %{{http_code}}\n" -X "$method" "$@"
  [ -z "$token" ] || set -- "$@" -H "Authorization: Bearer $token"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' --data-binary "$body"
  curl "$@" "$SOUTH$path"; cat "$work/$number.json" 2>/dev/null; echo
}}
value() {{ sed -n 's/.*"'"$2"'" *: *"\([^"]*\)".*/\1/p' "$work/$1.json"; }}
"""


@dataclass
class _Names:
    """What is another one each time, and by which variable the script has it."""

    names: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def name(self, value: object, kind: str) -> str | None:
        """A new variable; None for what has one or is no text."""
        if not isinstance(value, str) or not value or value in self.names:
            return None
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.names[value] = f"{kind}_{self.counts[kind]}"
        return self.names[value]

    def quoted(self, text: str) -> str:
        """For a shell, with variables in place of values."""
        text = "'" + text.replace("'", "'\\''") + "'"
        for value, name in self.names.items():
            text = text.replace(value, f"'\"${{{name}}}\"'")
        return text


def to_script(found: Found, name: str, own: str) -> str:
    """`name`: of the files without suffix; `own`: the organisation of the gateway."""
    lines = list(_lines(found.tried.entries, own))
    return _HEAD.format(sentence=found.sentence.replace("\n", " "), name=name) + "\n".join(lines) + "\n"


def _lines(entries: Sequence[AnyEntry], own: str) -> Iterator[str]:
    names, number, over = _Names(), 0, 0.0
    for group in _groups(entries):
        first = group[0]
        if first["type"] == Entry.RESTART:
            yield "echo 'ここでゲートウェイを kill し、起動し直してから Enter を押す'; read -r _"
        elif first["type"] == Entry.CONTROL:
            yield from _network_side(first, names, own)
        calls = [entry for entry in group if entry["type"] == Entry.POLL]
        if calls:
            begin, end = _span(calls)
            if over and begin - over > _QUIET_SECONDS:
                yield f"sleep {begin - over:.1f}"
            over = end
            yield from _together(calls, number, names)
            number += len(calls)


def _together(calls: Sequence[PollEntry], number: int, names: _Names) -> Iterator[str]:
    for place, call in enumerate(calls, number + 1):
        yield _call(place, call, names) + (" &" if len(calls) > 1 else "")
    if len(calls) > 1:
        yield "wait"
    for place, call in enumerate(calls, number + 1):
        answer = call["response"]
        for member in _GIVEN:
            value = answer.get(member) if isinstance(answer, Mapping) else None
            if variable := names.name(value, member.upper()):
                yield f"{variable}=$(value {place} {member})"


def _call(place: int, call: PollEntry, names: _Names) -> str:
    token = f'"${call["caller"].upper()}"' if call.get("caller") else "''"
    body = "" if call["request"] is None else json.dumps(call["request"], ensure_ascii=False)
    parts = ["call", str(place), call["method"], names.quoted(call["path"]), token, names.quoted(body)]
    staff = call["staff"]
    headers = {"X-Staff-Id": staff["id"], "X-Staff-Role": staff["role"]} if staff else {}
    headers |= {"X-Portal-Session": call["session"]} if call.get("session") else {}
    for header, value in headers.items():
        parts += ["-H", names.quoted(f"{header}: {value}")]
    return " ".join(parts)


def _network_side(entry: ControlEntry, names: _Names, own: str) -> Iterator[str]:
    """A comment, and variables for what the network alone knows."""
    answer = entry["response"] or {}
    if entry["path"] in _LOOKS:
        return
    if entry["path"] == "/people":
        tokens = answer.get("enrolment_tokens")
        variable = names.name(tokens.get(own), "TOKEN") if isinstance(tokens, Mapping) else None
        yield "# ネットワーク側: 住民を知り、その登録トークンを与える"
        if variable:
            yield f': "${{{variable}:=unknown-token-of-the-network}}"'
        return
    yield f"# ネットワーク側: {entry['method']} {entry['path']} {json.dumps(entry['request'], ensure_ascii=False)}"
    if variable := names.name(answer.get("correlation_id"), "CORRELATION"):
        yield f': "${{{variable}:=00000000-0000-4000-8000-000000000000}}"'


def _groups(entries: Sequence[AnyEntry]) -> Iterator[list[AnyEntry]]:
    """Calls that overlapped are one group."""
    group: list[AnyEntry] = []
    for entry in entries:
        if entry["type"] not in (Entry.POLL, Entry.CONTROL, Entry.RESTART):
            continue
        overlaps = group and entry["type"] == group[-1]["type"] == Entry.POLL and _overlap(group, entry)
        if group and not overlaps:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _overlap(group: Sequence[AnyEntry], entry: PollEntry) -> bool:
    calls = [one for one in group if one["type"] == Entry.POLL]
    return _span([entry])[0] < _span(calls)[1]


def _span(calls: Sequence[PollEntry]) -> tuple[float, float]:
    begins = [parse_timestamp(call["began"]).timestamp() if call.get("began") else 0.0 for call in calls]
    return min(begins), max(begin + call["seconds"] for begin, call in zip(begins, calls, strict=True))
