"""Files: atomic writes, digests, copies, locks, temporary folders and their removal."""
