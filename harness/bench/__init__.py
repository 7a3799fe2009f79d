"""The bench around a gateway: the mocked network as a process, its control client, preflight, start and end."""
