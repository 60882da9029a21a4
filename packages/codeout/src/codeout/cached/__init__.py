"""Statuses of pages kept between commands: a page is read again only where something changed.

What is kept may be lost, damaged or out of date. That costs time, never truth: a status holds only
as long as every file that it was found in has the state that it had.
"""
