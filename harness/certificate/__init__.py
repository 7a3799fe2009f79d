"""適合証明: a run packed, masked and signed, and everything in it checked again by somebody else."""
