"""What an inbox has to say to a message that reaches it: the check list of guide §3, one step after the other."""
