"""What every stand-in shares: one ASGI application on a loopback port, bodies with a limit, a bounded client."""
