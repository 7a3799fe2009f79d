"""`http:URL`: a gateway that runs already, reached at its south URL."""

from harness.gateways.kinds import Running, Setting
from harness.spec.findings import ConfigurationError
from harness.spec.statement import Statement


class HttpKind:
    """Somebody's gateway. Needs --statement; nothing is started, so nothing is ended."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """The address of the statement, else a free port."""
        return _needed(statement).network_listen

    def start(self, params: str, setting: Setting) -> Running:
        """The statement, with the URL of --gateway where one is given."""
        statement = _needed(setting.statement)
        return Running(statement.at(params) if params else statement, lambda: None)


def _needed(statement: Statement | None) -> Statement:
    if statement is None:
        raise ConfigurationError(
            "--gateway http:URL には実装適合宣言が要る。--statement gateway.toml を付ける。"
        )
    return statement
