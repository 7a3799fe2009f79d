"""What a run went through in part, and of which kinds of exchange there were few, in words: the same for every reader."""

from harness.contract.texts import one_line
from harness.languages.choice import JAPANESE, Tell, in_japanese
from harness.model.kinds import ENOUGH, Few, few
from harness.record.values import Run
from harness.stimuli.samples import samples

_NAME = 120


def sample_words(run: Run, language: str = JAPANESE) -> tuple[str, ...]:
    """One text for each thing."""
    return tuple(sample.text(language, thorough=run.meta.thorough) for sample in samples())


def how_sampled(run: Run) -> str:
    """What comes before them in a report."""
    if run.meta.thorough:
        return (
            f"この実行は、やり取りの種類のそれぞれが{ENOUGH}回（100回に1回の誤りが95%で見つかる）になるまで"
            "繰り返した（--thorough）。"
        )
    return (
        "この実行は、次のものを標本で済ませた。--thorough は、すべてを行うか、引き直して繰り返し、"
        f"やり取りの種類のそれぞれを{ENOUGH}回（100回に1回の誤りが95%で見つかる）にする。"
    )


def few_heading() -> str:
    """What comes before kinds of which there were few."""
    return f"{ENOUGH}回に満たなかった種類:"


def few_kinds(run: Run) -> tuple[Few, ...]:
    """Of a run that the model judged."""
    return few(run.judged.kinds, dict(run.meta.declares)) if run.judged else ()


def few_words(run: Run, tell: Tell = in_japanese) -> tuple[str, ...]:
    """Why there were no more of each of these; empty where nobody asked for more."""
    return tuple(tell(_why(one, thorough=run.meta.thorough)) for one in few_kinds(run))


def few_rows(run: Run, tell: Tell) -> tuple[tuple[str, int, str], ...]:
    """Kind, how many, and why."""
    found = zip(few_kinds(run), few_words(run, tell), strict=True)
    return tuple((one.kind, one.exchanges, why) for one, why in found)


def _why(one: Few, *, thorough: bool) -> str:
    for list_, name in one.lacks:
        return f"実装適合宣言に {one_line(f'{list_} {name}', _NAME)} がない"
    return "どの表も探索も、これより増やさなかった" if thorough else ""
