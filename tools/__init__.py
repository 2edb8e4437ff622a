"""Tools for working on Fingerpost. Nothing in the package imports them."""
