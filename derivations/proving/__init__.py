"""Symbolic proof: normal forms, signs on a domain, side conditions. Nothing here samples."""
