"""What is known of pages between commands: they are read again only where something changed.

What is kept may be lost, damaged or out of date. That costs time, never truth: a status holds only
as long as every file that it was found in has the state that it had, and a parsed page only for the
bytes that it was parsed from.
"""
