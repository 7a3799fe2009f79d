"""What other projects import of us: residents, strategies, the network and the judge in process."""
