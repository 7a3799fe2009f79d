"""Synthetic residents: coherent households, addressable by (seed, index), no real person among them."""
