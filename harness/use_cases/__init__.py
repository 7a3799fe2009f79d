"""The use cases, a folder each: case.toml says what it is, facts.py and decide.py are the oracle that a gateway's answers
are put through, rules.toml has the amounts of the law."""
