"""Write the reference pages from what they describe: `python -m tools.docs [--check]`."""
