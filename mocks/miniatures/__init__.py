"""Gateways that do nothing right: no requirement may pass against them without its paired positive failing."""
