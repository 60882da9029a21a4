"""Reruns pages as they are saved, from the first block that changed."""
