"""What is wrong with a bundle: a stable code, what was observed, what was expected."""

from dataclasses import dataclass
from types import MappingProxyType

from harness.contract.texts import visible

# Code → what to do next.
NEXT = MappingProxyType(
    {
        "BUNDLE_BROKEN": "束を、作った者からもう一度受け取る",
        "BUNDLE_CHANGED": "束を、作った者からもう一度受け取る。作った後に変えられている",
        "SIGNATURE_INVALID": "誰が署名した束かを確かめる",
        "SIGNER_UNKNOWN": "署名者の公開鍵を、束とは別の道で確かめて --trust に渡す",
        "SUITE_DIFFERS": "束が作られたのと同じ版のスイートで確かめる",
        "RUN_INCOMPLETE": "renkei run --resume で終わりまで実行してから束ねる",
        "RECORD_DIFFERS": "記録が書き換えられていないか、作った者に確かめる",
        "VERDICT_DIFFERS": "記録から導かれる判定を正しいものとする",
        "CHECK_MISSING": "欠けた検査を実行した束を求める",
        "CLAIM_DIFFERS": "証明書の記載でなく、記録から導かれる結果を見る",
        "NOT_MASKED": "個人の情報が束に残る。見つかった場所に書いた処理を確かめる",
        "ATTACHMENT_DIFFERS": "同じ版のスイートの対応表と較正を添える",
    }
)


@dataclass(frozen=True)
class Objection:
    """One thing that is wrong."""

    code: str
    observed: str
    expected: str

    @property
    def sentence(self) -> str:
        """In one line."""
        return visible(f"{self.code}。観測: {self.observed}。期待: {self.expected}。次に: {NEXT[self.code]}")


class RefusedBundleError(Exception):
    """A bundle that cannot be made, or cannot be believed."""

    def __init__(self, code: str, observed: str, expected: str) -> None:
        self.objection = Objection(code, observed, expected)
        super().__init__(self.objection.sentence)
