"""What a load run comes to."""
