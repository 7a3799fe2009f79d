"""Stand-ins: the national network, the organisations behind it, a reference gateway and its defects."""
