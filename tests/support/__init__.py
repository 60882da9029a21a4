"""What tests share: folders, pages at random, other readers of the same page, processes."""
