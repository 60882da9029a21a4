"""Lossless parsing of pages into blocks and slots for their outputs."""
