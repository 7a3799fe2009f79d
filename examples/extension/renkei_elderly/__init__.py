"""老人福祉: a use case, its items, its legal basis and its scenarios."""
