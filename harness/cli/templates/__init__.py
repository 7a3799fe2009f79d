"""Files that `renkei init` writes."""
