"""The laws of a page on Markdown of every style, thousands of pages at a time."""
