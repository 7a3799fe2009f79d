"""What the bench sends so that every sentence of the contract can be broken: traffic made from the contract, in bulk. Nothing is
expected here: the model judges the whole record (harness.model)."""
