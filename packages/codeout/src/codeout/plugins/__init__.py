"""What other packages add to codeout: what they have to be, and which of them are there."""
