"""Real estate acquisition tax."""
