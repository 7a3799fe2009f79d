"""What may be wrong with a message: of its outer signature, its header, its content. By name in names.py."""
