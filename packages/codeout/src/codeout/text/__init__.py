"""How text is printed safely: escapes, plurals, and what a terminal ends up showing."""
