"""The verdicts: on a claim, a derivation, all of them in order; what was meant instead."""
