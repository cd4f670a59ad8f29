"""What an evaluation may come to besides a number."""

from __future__ import annotations


class Undefined(ArithmeticError):
    """The formula certainly has no value at this point: a pole, 0/0, a limit that does not exist."""


class Indeterminate(ArithmeticError):
    """Not decided at this precision, or not supported; the message is a sentence saying which."""
