"""What a block leaves, how it is shown, and whether it says the same as before."""
