"""A shim for a gateway whose south API is another one, the gateway that it stands before, and a kind of gateway that starts both."""
