"""LOG-03: the audit log names the person that an enquiry is about."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog, Acted


class NamingLog(AccessLog):
    """Thinks of whoever debugs, not of whoever reads the log."""

    def accepted(self, message: Message) -> None:
        """The usual entry, and one with the name of the person."""
        super().accepted(message)
        header = message.header
        row = self.storage.row("SELECT name FROM subjects WHERE link_code = ?", header.link_code)
        if row:
            action = f"{row['name']}についての{header.kind}の受信"[:100]
            self.audit_success("連携確認", Acted(action, header.message_id, header.correlation_id))


DEFECT = breaks("LOG-03", "受信した照会の対象者の氏名を監査ログに書く", access_log=NamingLog)
