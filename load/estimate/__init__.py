"""What the published tables estimate, and what it does to a line."""
