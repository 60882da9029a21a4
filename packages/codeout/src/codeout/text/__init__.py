"""Text that is safe to print: escaping, plurals, display width, terminal output."""
