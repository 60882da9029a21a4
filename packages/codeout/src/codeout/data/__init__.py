"""Where declared data files come from, and whether they are the right ones."""
