"""The MkDocs plugin: stale pages as warnings, and notes under outputs."""
