"""Decision rules of benefits: the oracle that a gateway's answers are put through. One module a benefit."""
