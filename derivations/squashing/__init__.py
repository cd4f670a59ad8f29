"""Other sigmoid functions: tanh, arctan, erf, x/sqrt(1 + x^2), softsign, Gudermannian.

Each has a file of its own with its derivative, limits, symmetry and normalised form (slope 1 at
0, range (-1, 1)); `saturation` compares how fast their derivatives vanish, and `steep` shows that
differences of steep sigmoids tend to an indicator.
"""
