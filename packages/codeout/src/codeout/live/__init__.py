"""How a page resumes in the middle: checkpoints, and when they may not be used."""
