"""Turns a page into a notebook or a script that runs elsewhere."""
