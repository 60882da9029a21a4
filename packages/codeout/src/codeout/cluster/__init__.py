"""Runs pages on the workers of a Dask cluster."""
