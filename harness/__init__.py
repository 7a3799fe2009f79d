"""Conformance bench for municipal linkage gateways: the parts that play everything around a gateway."""
