"""Extreme gateways. Two do nothing right: no requirement may pass against them without its paired positive failing. One does
everything right by a clock that is off: no requirement may fail. Some do right only where they believe to know who asks."""
