"""Finds, plans, runs and writes pages; start reading at ``project.Project``."""
