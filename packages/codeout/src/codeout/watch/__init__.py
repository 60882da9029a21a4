"""Runs pages as they are saved."""
