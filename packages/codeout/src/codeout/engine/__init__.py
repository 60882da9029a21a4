"""Which pages there are, what to run and what to write; ``Project`` is the door."""
