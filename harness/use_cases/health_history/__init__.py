"""Health history."""
