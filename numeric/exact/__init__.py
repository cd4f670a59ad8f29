"""Exact numbers: fractions, algebraic numbers, multiples of pi, roots in closed form."""
