"""`http:URL`: a gateway that runs already, reached at its south URL."""

from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement, StatementError
from harness.gateways.kinds import Running, Setting


class HttpKind:
    """Somebody's gateway. Needs --statement; nothing is started, so nothing is ended."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """The address of the statement, else a free port. Raises ConfigurationError, also for what is no URL."""
        return _at(params, statement).network_listen

    def start(self, params: str, setting: Setting) -> Running:
        """The statement, with the URL of --gateway where one is given."""
        return Running(_at(params, setting.statement), lambda: None)


def _at(params: str, statement: Statement | None) -> Statement:
    if statement is None:
        raise ConfigurationError(
            "--gateway の http:URL と command:命令 には実装適合宣言が要る。--statement gateway.toml を付ける。"
        )
    try:
        return statement.at(params) if params else statement
    except StatementError as error:
        raise ConfigurationError(str(error)) from error
