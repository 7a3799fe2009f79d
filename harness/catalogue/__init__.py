"""What is asked of a gateway: requirements, findings, and the sections of the source document behind them."""
