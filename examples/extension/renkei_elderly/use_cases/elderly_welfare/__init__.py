"""老人福祉の措置: who is looked after by the office."""
