"""Files as others need them: written whole, digested, copied, locked, and removed for certain."""
