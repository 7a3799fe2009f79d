"""Refusals as verbs that several step files share: of a request at the south face, of a message in the inbox."""

from harness.catalogue.findings import NonconformityError
from harness.contract.refusals import Refusal, refusals
from harness.gateways.exchange import Reply

REFUSALS = {
    "署名を検証できない": "SIGNATURE_INVALID",
    "自団体宛てではない": "NOT_ADDRESSEE",
    "有効期限が切れている": "EXPIRED",
    "既に受け付けている": "REPLAYED",
    "ポータルの利用のしるしが有効でない": "PORTAL_SESSION_INVALID",
    "本人の情報ではない": "NOT_THE_SUBJECT",
    "職責が事務に見合わない": "ROLE_NOT_ALLOWED",
    "根拠法令に見合わない": "BASIS_NOT_LAWFUL",
    "解釈できない": "MALFORMED",
    "本文を復号できない": "DECRYPTION_FAILED",
    "鍵が有効でない": "KEY_NOT_VALID",
    "連携相手を確認できない": "PARTNER_UNKNOWN",
    "利用者を確認できない": "UNAUTHENTICATED",
    "職員が示されていない": "STAFF_REQUIRED",
    "利用者認証の期限が切れている": "STAFF_SESSION_EXPIRED",
    "要求の内容が正しくない": "INVALID_REQUEST",
    "対象者がいない": "SUBJECT_UNKNOWN",
    "該当する情報がない": "RECORD_NOT_FOUND",
    "職員が提供を拒否した": "REFUSED_BY_STAFF",
    "リンクコードを取得できない": "LINK_CODE_UNAVAILABLE",
    "求めた覚えがない": "NOT_FOUND",
    "指定されたものがない": "NOT_FOUND",
    "まだ回答がない": "NOT_READY",
    "より新しい版がある": "VERSION_STALE",
    "宣言していない機能である": "NOT_DECLARED",
    "対応する文字のない符号がある": "CHARACTER_UNMAPPABLE",
    "行が様式に合わない": "LINE_MALFORMED",
}


def refusal_of(reason: str) -> Refusal:
    """The refusal that the features call by these words."""
    return refusals()[REFUSALS[reason]]


def must_refuse(reply: Reply, reason: str) -> None:
    """Raises NonconformityError unless a request was refused with code, phase and status of this reason."""
    refusal = refusal_of(reason)
    assert refusal.status is not None
    reply.expect_refusal(refusal.status, refusal.code, refusal.phase)


def as_paired_positive(error: NonconformityError) -> NonconformityError:
    """What the proper counterpart of a refused request or message failed with, said as such."""
    return NonconformityError("PAIRED_POSITIVE_FAILED", error.observed, error.expected)
