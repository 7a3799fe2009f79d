"""What a gateway may hold at a moment, as the exchanges before it left it."""
