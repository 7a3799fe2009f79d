"""The south face as the contract has it (guide §2): its requests, and everything for which one of them is to be refused."""
