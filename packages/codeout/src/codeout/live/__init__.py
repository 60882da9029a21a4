"""How a page resumes in the middle: checkpoints, and when they cannot be used."""
