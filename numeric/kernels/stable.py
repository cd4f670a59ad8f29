"""The functions that keep their digits: e^x - 1 and log(1 + x) near 0, erfc and the angle that is
left of pi/2 far out; and what is computed with more digits than a double has.

They are definitions like every other, so that a formula that uses them can be proved equal to
the derived one; printed as code they are NumPy's and SciPy's.

>>> from derivations.core.formula import symbol
>>> from derivations.core.meaning import unfolded
>>> unfolded(expm1(symbol("x")))
exp(x) - 1
"""

from __future__ import annotations

from typing import Final

from derivations.core.formula import num, pi, symbol
from derivations.core.functions import Definition, atan, define, erfc, exp, log

_X: Final = symbol("x")

expm1: Final[Definition] = define("expm1", _X, exp(_X) - num(1))
log1p: Final[Definition] = define("log1p", _X, log(1 + _X))
erfcx: Final[Definition] = define("erfcx", _X, exp(_X**2) * erfc(_X))
# Between 0 and pi.
arccot: Final[Definition] = define("arccot", _X, pi / 2 - atan(_X))

# The argument, computed in two doubles or in decimal digits (`numeric.kernels.extended`).
precise: Final[Definition] = define("precise", _X, _X)
# exp of an argument that is computed in two doubles.
exp_of_pair: Final[Definition] = define("exp_of_pair", _X, exp(_X))
# The argument, computed in blocks that hold a point which needs it (`numeric.kernels.ordinary`).
rare: Final[Definition] = define("rare", _X, _X)
# A product of powers, the power of 2 in it apart (`numeric.kernels.monomials`).
exponent_apart: Final[Definition] = define("exponent_apart", _X, _X)
