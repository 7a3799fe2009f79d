"""Processes that the bench starts: on a leash, with a ready line, ended by whoever started them."""
