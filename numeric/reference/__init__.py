"""The second evaluation, by mpmath: it knows nothing of the balls, and must agree with them."""
