"""Integrals, sums and limits, certified; and the proofs that one has no value."""
