"""Makes the worked examples of the contract, with every intermediate value of a message."""
