"""Gateways that differ from a clean one in one thing, without a wire: the record of a clean run, one kind of utterance changed."""
