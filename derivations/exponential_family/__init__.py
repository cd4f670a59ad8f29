"""The exponential family, p(y; eta) = b(y) * exp(eta^T T(y) - a(eta)).

The base measure b, the natural parameter eta, the sufficient statistic T and the log-partition a
are found line by line for the Bernoulli (`bernoulli`), the Gaussian with unit variance
(`gaussian`) and the Gaussian with both parameters unknown (`gaussian_two_parameters`). That the
gradient of a is the mean of T(Y), and its Hessian the covariance, is shown in general for
finitely many outcomes (`finite_support`) and checked against the moments in each chapter.
"""
