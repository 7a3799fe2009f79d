"""`renkei audit`: is a bundle what it says that it is?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit, Verdict
from harness.certificate.audit import Audit, audit
from harness.certificate.claims import JOURNAL, Certificate, Result
from harness.certificate.keys import load
from harness.certificate.rejudged import Rejudged, of_bundle, of_folder
from harness.cli.ending import end
from harness.contract.texts import one_line
from harness.contract.versions import FIRST
from harness.record.reader import entries_of
from reports.run.views import write_views

_LONGEST = 300

Trust = Annotated[list[Path] | None, typer.Option(help="信頼する署名者の公開鍵（.pub.jwk、繰り返せる）")]
Out = Annotated[Path | None, typer.Option(help="確かめた記録と報告を書き出すフォルダー")]


def audit_command(
    path: Annotated[Path, typer.Argument(help="束、又は実行フォルダー", metavar="BUNDLE")],
    trust: Trust = None,
    out: Out = None,
) -> None:
    """Exits 0 where everything holds, whatever the verdict of the run; 1 where something does not, 2 for no bundle. Of a run folder
    what the model said of its record is derived anew."""
    try:
        if path.is_dir():
            _end_with(_folder(path))
        trusted = [str(load(path, private=False).kid) for path in trust or []]
        found = audit(path, trusted)
        _print(Console(), found)
        if out and not found.objections and found.files:
            out.mkdir(parents=True)
            (out / JOURNAL).write_bytes(found.files[JOURNAL])
            write_views(out)
    except OSError as error:
        end(f"{error.filename}: 読めない、又は書けない（{error.strerror}）。")
    except ConfigurationError as error:
        end(error)
    raise typer.Exit(int(Exit.DOES_NOT_CONFORM if found.objections else Exit.CONFORMS))


def _folder(path: Path) -> Rejudged:
    found = of_folder(path)
    lines = [
        "全記録の判定は、記録から導かれるとおりではない。"
        if found.objections
        else "全記録の判定は、記録から導かれるとおりである。",
        *(f"  {objection.sentence}" for objection in found.objections),
        f"導き直した不合格: {'、'.join(found.derived) or 'なし'}",
        "信じたこと: シナリオの判定（束にすると、renkei audit がすべて導き直す）、記録が書き換えられていないこと",
    ]
    for line in lines:
        Console().print(Text(one_line(line, _LONGEST)), soft_wrap=True)
    return found


def _end_with(found: Rejudged) -> NoReturn:
    raise typer.Exit(int(Exit.DOES_NOT_CONFORM if found.objections else Exit.CONFORMS))


def _believed(files: Mapping[str, bytes]) -> str:
    """What of the verdict on the whole record a bundle cannot show."""
    found = of_bundle(list(entries_of(files[JOURNAL].splitlines(keepends=True))))
    derived, believed = ("、".join(ids) or "なし" for ids in (found.derived, found.believed))
    return (
        f"全記録の判定: 導き直した不合格 {derived}。信じた不合格 {believed}、また、ほかに違反がないこと"
        "（住民と電文そのものは束にない。実行フォルダーがあれば renkei audit RUN で導き直せる）"
    )


def _print(console: Console, found: Audit) -> None:
    lines = ["束は信じられない。" if found.objections else "束は、書かれているとおりである。"]
    lines += [f"  {objection.sentence}" for objection in found.objections]
    if found.certificate and not found.objections:
        lines += _certificate(found.certificate)
        lines += [_believed(found.files)] if found.files else []
    lines.append(f"署名者の鍵の拇印: {found.signer or '不明'}{_TRUST[found.trusted]}")
    for attested in found.attested:
        said = attested.said
        lines.append(f"証言: {said.organisation} {said.role} {said.name}（{said.day}）　鍵 {attested.signer}")
        lines += [f"  {said.remarks}"] if said.remarks else []
    for line in lines:
        console.print(Text(one_line(line, _LONGEST)), soft_wrap=True)


_TRUST = {
    None: "（信頼する鍵が渡されていない。別の道で受け取った公開鍵を --trust に渡す）",
    True: "（信頼する鍵）",
    False: "（信頼する鍵ではない）",
}


def _scope(result: Result) -> str:
    """What the verdict proves: of a whole run, whatever the statement declares."""
    if result["scope"] != "全部":
        return "（一部だけの検証であり、適合の証明ではない）"
    if result["exit_code"] != Exit.CONFORMS:
        return ""
    beside = result["requirements"][Verdict.NOT_APPLICABLE]
    others = f"。対象外の要件 {beside}件については何も示さない" if beside else ""
    return f"（宣言したことについての適合の証明である{others}）"


def _certificate(certificate: Certificate) -> list[str]:
    result, gateway, hashes = certificate["result"], certificate["gateway"], certificate["hashes"]
    waivers = f"　既知の不適合として除いたもの {result['waivers']}件" if result["waivers"] else ""
    counts = "　".join(f"{verdict} {number}" for verdict, number in result["requirements"].items())
    files = "、".join(file["name"] for file in certificate["files"])
    return [
        f"判定: {result['verdict']}{_scope(result)}{waivers}",
        f"製品: {gateway['product']}　団体: {gateway['organisation']}　契約の版: {gateway.get('contract', FIRST)}",
        f"要件: {counts}",
        *(f"宣言 {name}: {'、'.join(words)}" for name, words in certificate["declares"].items() if words),
        f"スイート: {hashes['suite'][:12]}　要件カタログ: {hashes['catalogue'][:12]}　法令の表: {hashes['law'][:12]}",
        f"束の中: {files}",
    ]
