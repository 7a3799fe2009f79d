"""load.html: a load run on one page that needs nothing else, neither script nor network; and its block for other pages."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from harness.catalogue.verdicts import Verdict
from harness.languages.choice import JAPANESE, speaking
from harness.record.entries import meta
from harness.record.fields import mapping, text
from harness.record.load_headroom import carried
from harness.record.load_run import SERIES, LoadRun, fit, mix_of, number, shown
from reports import facts
from reports.languages import words
from reports.templates import render, resource

FILE_NAME = "load.html"
CAPTIONS = {
    "load-arrivals": (
        "到着",
        "予定と送信が重なっていれば、予定した負荷がかかっている。応答が離れれば、たまっている。",
    ),
    "load-line": ("回線", "線が回線の速度に張り付いていれば、足りないのは回線である。"),
    "load-latency": (
        "応答の時間",
        "予定の時刻からの時間。時間とともに伸びていれば、この速さは続けられない。",
    ),
    "load-percentiles": (
        "割合ごとの時間",
        "右へ行くほど、まれに起きる遅さを示す。「遅れ」は負荷をかける側による。",
    ),
    "load-queue": ("回線の待ち", "負荷が終わる前に増え続けていれば、回線の速度を超えている。"),
}
_FULL = 0.95  # own: of a machine; who shares it with the gateway takes from it
_CLASSES = {Verdict.PASS: "pass", Verdict.FAIL: "fail"}
_PERCENTILES = ("50", "90", "95", "99", "99.9", "99.99", "100")


@dataclass(frozen=True)
class Picture:
    """One figure. `source`: a data URI."""

    title: str
    caption: str
    source: str


def load_page(run: LoadRun, figures: Mapping[str, Mapping[str, bytes]], language: str = JAPANESE) -> bytes:
    """The page, UTF-8. Everything that a gateway said is escaped."""
    return render(
        "load/load.html.jinja",
        {"fit": fit, "organisation": facts.organisation, "day": facts.day, "suite": facts.suite},
        **words(language, FILE_NAME),
        meta=meta(mapping(run.first)),
        style=Markup(resource("run/report.css")),  # noqa: S704  # a file of this room
        block=load_block(run, figures, language),
        title=_title(run),
        percentiles=_percentile_rows(run),
        names=_PERCENTILES,
        kinds=_kind_rows(run),
        conformance=conformance(run),
        faults=run.faults,
        failed=[
            (fit(sample.get("name")), fit(sample.get("code")), fit(sample.get("observed")))
            for sample in run.failed[:20]
        ],
        estimate=_estimate(run),
        calibration=_calibration(run),
        conditions=_conditions(run),
        mix=mix_of(run),
    )


def load_block(run: LoadRun, figures: Mapping[str, Mapping[str, bytes]], language: str = JAPANESE) -> Markup:
    """Verdict, gates and figures, as the pages of other runs show them too."""
    content = render(
        "load/load_block.html.jinja",
        {},
        tell=speaking(language),
        title=_title(run),
        verdict=run.verdict,
        kind=_CLASSES.get(Verdict(run.verdict), "unclear"),
        code=run.code,
        sentence=run.sentence,
        next=run.next,
        headroom=headroom(run) if run.seconds else "",
        effort=effort(run),
        gates=run.gates,
        judged=run.verdict != Verdict.INCONCLUSIVE,
        pictures=[_picture(name, content["svg"]) for name, content in figures.items()],
    )
    return Markup(content.decode())  # noqa: S704  # rendered with autoescape


def _picture(name: str, svg: bytes) -> Picture:
    title, caption = CAPTIONS[name]
    return Picture(title, caption, f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}")


def _title(run: LoadRun) -> str:
    profile, place = mapping(run.first.get("profile")), mapping(run.first.get("municipality"))
    return "　".join(part for part in (fit(profile.get("name")), fit(place.get("name"))) if part)


def _percentile_rows(run: LoadRun) -> list[tuple[str, int, list[str]]]:
    found = []
    for name, title in SERIES.items():
        if histogram := mapping(run.histograms.get(name)):
            values = mapping(histogram.get("percentiles"))
            count = int(number(histogram.get("count")) or 0)
            found.append((title, count, [shown(number(values.get(p))) for p in _PERCENTILES]))
    return found


def _kind_rows(run: LoadRun) -> list[tuple[str, list[str]]]:
    """Name, then counts and percentiles; the slowest first."""
    ordered = sorted(run.kinds, key=lambda kind: -(kind.percentiles.get("99") or 0.0))
    return [
        (
            kind.name,
            [shown(kind.sent), shown(kind.answered), shown(kind.errors)]
            + [shown(kind.percentiles.get(name)) for name in ("50", "99", "100")],
        )
        for kind in ordered
    ]


def conformance(run: LoadRun) -> list[tuple[str, str]]:
    """What was sent, answered and checked, in words."""
    said = run.reconciliation or {}
    names = {"sent": "送った照会", "accepted": "受け付けられた照会", "answered": "応答のあった照会"}
    found = [(title, shown(number(said.get(name)))) for name, title in names.items()]
    found.append(("検査した応答（署名・人・項目・値）", f"{run.checked:,}（うち不合格 {len(run.failed):,}）"))
    if late := number((run.end or {}).get("late")):
        found.append(("負荷の後、回線を開放してから届いた応答", shown(late)))
    if refused := run.total("connections_refused"):
        found.append(("回線が断った接続（上限を超えた）", shown(refused)))
    return found


def effort(run: LoadRun) -> str:
    """How near the bench itself was to its end, in one sentence; empty where nobody looked."""
    network, machine = number(run.effort.get("network_p90_ms")), number(run.effort.get("machine"))
    if network is None or machine is None:
        return ""
    said = f"検証台のネットワークは、10回に9回 {shown(network)} ms 以内に応えた。"
    said += f"計算機の使用率は {machine:.0%}（中央値）。"
    if machine >= _FULL:
        said += "計算機を使い切っている: ゲートウェイの限界は、別の計算機に置いて調べる。"
    return said


def headroom(run: LoadRun) -> str:
    """How fast it may be, in one sentence."""
    found = carried(run)
    if not run.measured:
        return "終わりまで行っていないので、示さない。"
    if found is None and run.verdict == Verdict.PASS:
        return "この長さでは分からない（初めのうち応答が遅れ、後で追い付いた）。--seconds を長くする。"
    if found is None:
        return "保てた速さはない（初めから、ゲートを守れないか、応答が追い付かない）。"
    multiple = "" if found.multiple is None else f"（基準の {found.multiple:,.3g} 倍）"
    rest = (
        "これより速くはしていない。限界は --profile 増加 で調べる。"
        if found.whole
        else "それより速いところでは、ゲートを守れないか、応答が到着に追い付かない。"
    )
    return f"保てた最も速い {found.seconds} 秒間は毎秒 {shown(found.per_second)} 件{multiple}。{rest}"


def _estimate(run: LoadRun) -> list[tuple[str, str]]:
    said = mapping(run.first.get("estimate"))
    if not said:
        return []
    return [
        ("文書の試算（データだけ）", f"{shown(number(said.get('published_kbps')))} kbps"),
        ("署名・暗号化した電文では", f"{shown(number(said.get('on_the_line_kbps')))} kbps"),
        ("試算の電文", f"毎秒 {shown(number(said.get('messages_per_second')))} 通"),
        ("この実行の基準の速さ", f"毎秒 {shown(number(said.get('arrivals_per_second')))} 件"),
        ("違いの理由", fit(said.get("reason"))),
    ]


def _calibration(run: LoadRun) -> list[tuple[str, str]]:
    said = run.calibration
    if said is None:
        return []
    error = number(said.get("error"))
    return [
        ("回線の速度", f"{shown(number(said.get('kbps')))} kbps"),
        ("実測", f"{shown(number(said.get('measured_kbps')))} kbps"),
        ("誤差", "-" if error is None else f"{error:+.3%}（限度 {number(said.get('limit')) or 0:.0%}）"),
        ("判定", "速度を保つ" if said.get("good") is True else "速度を保たない"),
    ]


def _conditions(run: LoadRun) -> list[tuple[str, str]]:
    first = run.first
    profile, line, place = (mapping(first.get(name)) for name in ("profile", "line", "municipality"))
    versions = "、".join(
        f"{fit(name)} {fit(value)}" for name, value in mapping(first.get("versions")).items()
    )
    found = [
        ("ゲートウェイ", f"{fit(first.get('gateway'))}（{fit(first.get('product'))}）"),
        ("契約の版", fit(first.get("contract"))),
        ("プロファイル", fit(profile.get("summary"))),
        (
            "団体",
            f"{fit(place.get('name'))}　人口 {shown(number(place.get('population')))} 人" if place else "",
        ),
        (
            "長さ",
            f"{shown(number(profile.get('seconds')))} 秒、予定 {shown(number(first.get('planned')))} 件",
        ),
        ("回線", _line(line)),
        ("住民", f"{shown(number(first.get('residents')))} 人（種 {text(first.get('seed'))}）"),
        ("Locust", f"{shown(number(first.get('workers')))} プロセス"),
        ("版", versions),
        ("スイート", fit(first.get("suite"))),
        ("実行", fit(first.get("run_id"))),
        ("記録の読めない行", f"{run.damaged:,}" if run.damaged else ""),
    ]
    return [(name, value) for name, value in found if value]


def _line(line: Mapping[str, object]) -> str:
    if not line:
        return "なし（ループバックのまま）"
    said = f"{shown(number(line.get('kbps')))} kbps、遅延 {shown(number(line.get('latency_seconds')))} 秒"
    said += f"、損失 {shown(number(line.get('loss')))}"
    cuts = line.get("cuts")
    said += f"、切断 {text(cuts)} 秒" if cuts else ""
    most = number(line.get("connections"))
    return said + (f"、同時に {shown(most)} 接続まで" if most else "")
