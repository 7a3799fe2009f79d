"""What happened between a gateway, the network and the bench, as typed values in the order of time."""
