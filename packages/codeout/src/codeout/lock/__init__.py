"""Records what the outputs of pages were made with, and finds out whether that has changed."""
