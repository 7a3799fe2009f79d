"""A failure as a shell script of plain curl requests: of the south face, and of the control API of the mocked network where that can be
reached; where it cannot, what the network did is shown."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, ControlEntry, PollEntry, is_north
from harness.contract.messages import parse_timestamp
from harness.explore.found import Found

_GIVEN: Final = (
    "enquiry_id",
    "batch_id",
    "notice_id",
    "session",
    "correlation_id",
)  # by the gateway, in its answers
_QUIET_SECONDS: Final = 0.3  # so long nothing happened: something was waited for
_SUBJECTS: Final = "/v1/subjects/"
_TELLING: Final = 6  # characters of an id that nothing else in a request is likely to have
_PEOPLE: Final = "/people"
_OF_NETWORK: Final = (
    ("correlation_id", "CORRELATION"),
    ("message_id", "MESSAGE"),
)  # correlation first: they may be the same
_LOOKS: Final = ("/exchanges", "/provisions", "/health")
_STAR: Final = " ★"
_HEAD: Final = r"""#!/bin/sh
# 要るものは sh、curl、sed だけ。記録された順に送り、各行に「番号 メソッド パス いまの状態（そのときの状態）」を示す。
# ★ は契約に反した応答又は電文。ほかの行は、そこまでの手順と、終わってからの確かめ。
# 使い方: SOUTH=http://127.0.0.1:9101/south BUSINESS=… STAFF=… AUDIT=… CONTROL=http://127.0.0.1:9200 CONTROL_TOKEN=… sh {name}.sh
# これらの値は、ネットワークを動かしたままにする renkei network が示す。
# CONTROL がなければ、ネットワークの側で行うことは表示だけするので、登録に使うトークン（TOKEN_1 など）と
# 届いた電文の correlation_id（CORRELATION_1 など）を環境変数で与える。住民の番号は実行のたびに新しい。
# 再起動があれば止まって待つ。RESTART に、ゲートウェイを kill して起動し直す命令を与えれば、それを行う。
# renkei があれば、同じ順序を次の命令で行い、判定もする: renkei replay {name}.json --gateway …
set -u
work=$(mktemp -d)
RUN=${{RUN:-$(date +%s)}}
call() {{ # 番号 そのときの状態 メソッド パス トークン 本文 見出し…
  number=$1 then=$2 method=$3 path=$4 token=$5 body=$6; shift 6
  set -- -sS -o "$work/$number.json" -w "$number $method $path %{{http_code}}（そのときは $then）\n" -X "$method" "$@"
  [ -z "$token" ] || set -- "$@" -H "Authorization: Bearer $token"
  [ -z "$body" ] || set -- "$@" -H 'Content-Type: application/json' --data-binary "$body"
  curl "$@" "$SOUTH$path"; cat "$work/$number.json" 2>/dev/null; echo
}}
network() {{ # 番号 メソッド パス 本文
  echo "ネットワーク側 $2 $3 $4"
  [ -z "${{CONTROL:-}}" ] || curl -sS -o "$work/$1.json" -X "$2" -H "Authorization: Bearer ${{CONTROL_TOKEN:-}}" \
    -H 'Content-Type: application/json' --data-binary "$4" "$CONTROL/control/v1$3"
}}
restart() {{
  if [ -n "${{RESTART:-}}" ]; then echo "再起動 $RESTART"; sh -c "$RESTART"
  else echo 'ここでゲートウェイを kill し、起動し直してから Enter を押す'; read -r _; fi
}}
value() {{ [ ! -f "$work/$1.json" ] || sed -n 's/.*"'"$2"'" *: *"\([^"]*\)".*/\1/p' "$work/$1.json"; }}
token() {{ [ ! -f "$work/$1.json" ] || sed -n 's/.*"enrolment_tokens" *: *{{[^}}]*"'"$2"'" *: *"\([^"]*\)".*/\1/p' "$work/$1.json"; }}
sent() {{ # correlation_id そのときの数
  [ -n "${{CONTROL:-}}" ] || return 0
  sleep 1
  curl -sS -H "Authorization: Bearer ${{CONTROL_TOKEN:-}}" -o "$work/sent.json" \
    "$CONTROL/control/v1/exchanges?direction=from_gateway&at_least=$2&timeout=5&correlation_id=$1"
  echo "correlation_id $1: ゲートウェイからの電文 $(grep -o '"direction"' "$work/sent.json" | wc -l) 通（そのときは $2 通${{3:-}}）"
  sed 's/"token": *"[^"]*",* *//g' "$work/sent.json"; echo
}}
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
        for value, name in sorted(self.names.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(value, f"'\"${{{name}}}\"'")
        return text


def to_script(found: Found, name: str, own: str) -> str:
    """`name`: of the files without suffix; `own`: the organisation of the gateway. What a gateway said is not in it."""
    lines = list(_lines(found.tried.entries, own, found.tried.blamed(found.violation)))
    return _HEAD.format(name=name) + "\n".join(lines) + "\n"


def _lines(entries: Sequence[AnyEntry], own: str, blamed: AnyEntry | None) -> Iterator[str]:
    names, number, over = _Names(), 0, 0.0
    for group in _groups(entries):
        first = group[0]
        if first["type"] == Entry.RESTART:
            yield "restart"
        elif first["type"] == Entry.CONTROL and first["path"] not in _LOOKS:
            number += 1
            yield from _network_side(number, first, names, own)
        calls = [entry for entry in group if entry["type"] == Entry.POLL]
        if calls:
            begin, end = _span(calls)
            if over and begin - over > _QUIET_SECONDS:
                yield f"sleep {begin - over:.1f}"
            over = end
            yield from _together(calls, number, names, blamed)
            number += len(calls)
    yield from _sent(entries, names, blamed)


def _together(
    calls: Sequence[PollEntry], number: int, names: _Names, blamed: AnyEntry | None
) -> Iterator[str]:
    for place, call in enumerate(calls, number + 1):
        yield from _own_ids(call, names)
        yield _call(place, call, names, _STAR if call is blamed else "") + (" &" if len(calls) > 1 else "")
    if len(calls) > 1:
        yield "wait"
    for place, call in enumerate(calls, number + 1):
        answer = call["response"]
        for member in _GIVEN:
            value = answer.get(member) if isinstance(answer, Mapping) else None
            if variable := names.name(value, member.upper()):
                yield f"{variable}=$(value {place} {member})"


def _own_ids(call: PollEntry, names: _Names) -> Iterator[str]:
    """Residents are new each time: what the gateway still has of another time is none of theirs."""
    subject = call["path"].removeprefix(_SUBJECTS)
    if subject != call["path"] and len(subject) >= _TELLING and (variable := names.name(subject, "LOCAL")):
        yield f'{variable}="R$RUN-{names.counts["LOCAL"]}"'


def _call(place: int, call: PollEntry, names: _Names, mark: str) -> str:
    token = f'"${call["caller"].upper()}"' if call.get("caller") else "''"
    body = "" if call["request"] is None else json.dumps(call["request"], ensure_ascii=False)
    status = str(call["status"] or "応答なし")
    parts = [
        "call",
        str(place),
        f"'{status}{mark}'" if mark else status,
        call["method"],
        names.quoted(call["path"]),
        token,
        names.quoted(body),
    ]
    staff = call["staff"]
    headers = {"X-Staff-Id": staff["id"], "X-Staff-Role": staff["role"]} if staff else {}
    headers |= {"X-Portal-Session": call["session"]} if call.get("session") else {}
    for header, value in headers.items():
        parts += ["-H", names.quoted(f"{header}: {value}")]
    return " ".join(parts)


def _network_side(place: int, entry: ControlEntry, names: _Names, own: str) -> Iterator[str]:
    """What the network is told, and variables for what it alone knows."""
    answer, request = entry["response"] or {}, entry["request"]
    person = answer.get("person") if entry["path"] == _PEOPLE else None
    if variable := names.name(person, "PERSON"):
        yield f'{variable}="p$RUN-{names.counts["PERSON"]}"'
    body = json.dumps(request, ensure_ascii=False)
    yield f"network {place} {entry['method']} {entry['path']} {names.quoted(body)}"
    tokens = answer.get("enrolment_tokens")
    if isinstance(tokens, Mapping) and (variable := names.name(tokens.get(own), "TOKEN")):
        yield f'[ -z "${{CONTROL:-}}" ] || {variable}=$(token {place} {own})'
        yield f': "${{{variable}:=unknown-token-of-the-network}}"'
    for member, kind in _OF_NETWORK:
        if variable := names.name(answer.get(member), kind):
            yield f'[ -z "${{CONTROL:-}}" ] || {variable}=$(value {place} {member})'
            yield f': "${{{variable}:=00000000-0000-4000-8000-000000000000}}"'


def _sent(entries: Sequence[AnyEntry], names: _Names, blamed: AnyEntry | None) -> Iterator[str]:
    """How many messages the gateway sent about each enquiry and 連絡: lost or doubled ones show here."""
    counts = Counter(
        (entry["header"] or {}).get("correlation_id")
        for entry in entries
        if is_north(entry) and entry["direction"] == "from_gateway"
    )
    for value, variable in names.names.items():
        if value in counts or variable.startswith("CORRELATION_"):
            about = blamed and is_north(blamed) and (blamed["header"] or {}).get("correlation_id") == value
            yield f'sent "${variable}" {counts[value]}' + (f" '{_STAR}'" if about else "")


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
