"""Adopts a tree of pages that has never seen codeout: tries it, and proposes settings."""
