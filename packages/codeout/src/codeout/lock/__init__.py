"""What made the outputs, and whether it still holds."""
