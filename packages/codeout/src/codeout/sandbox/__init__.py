"""The same pool of pages inside bubblewrap."""
