"""Where the blocks of a page are, and the slots of their outputs, without losing a byte."""
