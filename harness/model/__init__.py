"""What the contract permits, judged over the whole record of a run once its scenarios are over."""
