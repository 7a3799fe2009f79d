"""Counterpart organisations behind the network: they answer enquiries from the records that they were given."""
