"""Several records of one person brought together: the rules of sameness, each in its own file."""
