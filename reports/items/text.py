"""The two lists of §3-4 on a terminal of 80 cells."""

from collections.abc import Iterator, Sequence
from typing import Final

from harness.contract.items import Information
from harness.contract.items.listing import FormLine, ItemLine, Section, by_information
from harness.contract.roles import roles
from harness.languages.choice import Tell, in_japanese
from reports.layout import pad, wrap

WIDTH: Final = 80  # cells: what every terminal and mail has
_NAME: Final = 34
_DEEP: Final = "       "
_HEADING: Final = f"  No. {pad('情報名', _NAME)} 型  桁数 出現  使用するユースケース"


def items_text(lines: Sequence[ItemLine], tell: Tell = in_japanese) -> Iterator[str]:
    """The データ一覧: information by information, group by group."""
    yield tell("データ一覧")
    for known, sections in by_information(lines):
        yield ""
        yield from wrap(tell(_head(known)), WIDTH)
        yield tell(_HEADING)
        for section in sections:
            yield from _section(section)


def forms_text(lines: Sequence[FormLine], tell: Tell = in_japanese) -> Iterator[str]:
    """The 連携形態と照会キーの一覧."""
    yield tell("連携形態と照会キーの一覧")
    for line in lines:
        known = line.information
        key = "、".join(known.key) or "なし"
        yield ""
        head = (
            f"【{known.name}】{line.form}　業務 {known.business}　照会キー {key}　代わる書類 {known.document}"
        )
        yield from wrap(tell(head), WIDTH)
        for name, item, asks, answers in line.bases:
            yield from _indented(tell(f"{name} {item}の項　{asks} → {answers}"), "  ")


def how_often(line: ItemLine) -> tuple[str, str]:
    """At least and at most, as the document writes them: N where it repeats."""
    least, most = line.occurs
    return str(least), str(most) if most == 1 else f"N（{most}まで）"


def since(section: Section) -> str:
    """Which version of the contract brought it, "" for the first."""
    return f"（契約{section.later}から）" if section.later else ""


def meanings(line: ItemLine) -> str:
    """The codes with what they mean, "" for none."""
    named = zip(line.item.codes, line.item.code_names, strict=True)
    return "、".join(f"{code} {name}" for code, name in named)


def owners(information: Information) -> str:
    """The offices that own an information."""
    return "、".join(roles()[code].name for code in information.owners) or "なし（どの職責でもよい）"


def _head(known: Information) -> str:
    key = "、".join(known.key) or "なし"
    return f"【{known.name}】業務 {known.business}　照会キー {key}　所管する職責 {owners(known)}"


def _section(section: Section) -> Iterator[str]:
    if section.group is not None:
        yield from _indented(f"◆{section.group.name}{since(section)} {section.group.note}", "  ")
    for line in section.lines:
        yield from _item(line)


def _item(line: ItemLine) -> Iterator[str]:
    item, (least, most) = line.item, line.occurs
    often = f"{least}-{most}" if most == 1 else f"{least}-N"
    used = "・".join(map(str, sorted(line.used))) or "なし"
    yield f"  {line.number:>3} {pad(item.name, _NAME)} {item.type:<3} {item.length:>4} {often:<5} {used}"
    limit = "" if most == 1 else f"（N は {most} 回まで）"
    yield from _indented(f"{item.note}{limit}", _DEEP)
    if codes := meanings(line):
        yield from _indented(codes, _DEEP)


def _indented(text: str, indent: str) -> Iterator[str]:
    yield from (f"{indent}{line}" for line in wrap(text, WIDTH - len(indent)))
