"""Documents in, a store out."""
