"""Which treatments were one line of therapy, and why; the only place that decides it."""
