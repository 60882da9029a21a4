"""A server that keeps preloaded modules in memory; commands that follow fork pages from it."""
