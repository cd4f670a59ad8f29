"""The functions of the field that compute a derived result, each with the adapter it needs.

An adapter makes a function of the claim's variables out of a class, a loss or an autograd
gradient; this is all that one has to write to audit somebody's code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Importer = Callable[[str], Any]


@dataclass(frozen=True)
class Entry:
    """A name, and how to make the function with what it imports (an `ImportError` where the library
    is not installed)."""

    name: str
    make: Callable[[Importer], Callable[..., Any]]


def _plain(module: str, path: str) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        found = imported(module)
        for part in path.split("."):
            found = getattr(found, part)
        return found

    return Entry(f"{module}.{path}", make)


def _of_rows(module: str, path: str) -> Entry:
    """A function that goes along `axis`."""

    def make(imported: Importer) -> Callable[..., Any]:
        function = getattr(imported(module), path)
        return lambda z: function(z, axis=-1)

    return Entry(f"{module}.{path}", make)


def _sklearn_softmax(imported: Importer) -> Callable[..., Any]:
    """It takes tables of rows only."""
    softmax = imported("sklearn.utils.extmath").softmax
    return lambda z: softmax(z.reshape(-1, z.shape[-1])).reshape(z.shape)


def _torch(name: str, call: Callable[..., Any]) -> Entry:
    """A function of tensors, on float64 arrays."""

    def make(imported: Importer) -> Callable[..., Any]:
        torch = imported("torch")
        return lambda *xs: call(torch, *(torch.from_numpy(_array(x)) for x in xs)).numpy()

    return Entry(name, make)


def _torch_gradient(name: str, call: Callable[..., Any]) -> Entry:
    """The derivative by the last argument."""

    def make(imported: Importer) -> Callable[..., Any]:
        torch = imported("torch")

        def gradient(*xs: Any) -> Any:
            *given, argument = (torch.from_numpy(_array(x)) for x in xs)
            argument.requires_grad_()
            (slope,) = torch.autograd.grad(call(torch, *given, argument).sum(), argument)
            return slope.numpy()

        return gradient

    return Entry(name, make)


def _jax(name: str, path: str, gradient: bool = False) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        jax = imported("jax")
        jax.config.update("jax_enable_x64", True)
        function = imported("jax.nn")
        for part in path.split("."):
            function = getattr(function, part)
        if gradient:
            function = jax.vmap(jax.grad(function))
        return lambda x: _numpy(function(_array(x)))

    return Entry(name, make)


def _sklearn_loss(name: str, label: float, what: str) -> Entry:
    """A method of scikit-learn's binomial loss for a fixed label, as a function of the score."""

    def make(imported: Importer) -> Callable[..., Any]:
        loss = imported("sklearn._loss").HalfBinomialLoss()

        def function(z: Any) -> Any:
            raw = _array(z)
            return getattr(loss, what)(y_true=raw * 0 + label, raw_prediction=raw)

        return function

    return Entry(name, make)


def _sklearn_soft(name: str, what: str) -> Entry:
    """A method of scikit-learn's binomial loss as a function of label and score."""

    def make(imported: Importer) -> Callable[..., Any]:
        loss = imported("sklearn._loss").HalfBinomialLoss()

        def function(y: Any, z: Any) -> Any:
            return getattr(loss, what)(y_true=_array(y), raw_prediction=_array(z))

        return function

    return Entry(name, make)


def _jax_of(name: str, call: Callable[..., Any]) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        jax = imported("jax")
        jax.config.update("jax_enable_x64", True)
        return lambda *xs: _numpy(call(jax, *(_array(x) for x in xs)))

    return Entry(name, make)


def _statsmodels(name: str, what: str) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        model = imported("statsmodels.discrete.discrete_model").Logit([0.0, 1.0], [1.0, 2.0])
        return lambda x: getattr(model, what)(_array(x))

    return Entry(name, make)


def _statsmodels_link(name: str, what: str) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        link = imported("statsmodels.genmod.families.links").Logit()
        return lambda x: getattr(link, what)(_array(x))

    return Entry(name, make)


def _numpy_formula(name: str, call: Callable[..., Any]) -> Entry:
    def make(imported: Importer) -> Callable[..., Any]:
        np = imported("numpy")
        return lambda *xs: call(np, *xs)

    return Entry(name, make)


def _array(x: Any) -> Any:
    import numpy as np

    return np.array(x, dtype=np.float64)


def _numpy(x: Any) -> Any:
    import numpy as np

    return np.asarray(x)


def _shares(np: Any, z: Any) -> Any:
    powers = np.exp(z)
    return powers / powers.sum(axis=-1, keepdims=True)


def _shifted_logsumexp(np: Any, z: Any) -> Any:
    top = np.max(z, axis=-1)
    return top + np.log(np.exp(z - top[..., None]).sum(axis=-1))


def _logaddexp(imported: Importer) -> Callable[..., Any]:
    np = imported("numpy")
    return lambda z: np.logaddexp.reduce(z, axis=-1)


def _softmax_error(imported: Importer) -> Callable[..., Any]:
    softmax = imported("scipy.special").softmax
    return lambda z, y: softmax(z, axis=-1) - y


def _torch_cross_entropy(imported: Importer) -> Callable[..., Any]:
    """Its gradient in the scores, for labels that are weights."""
    torch = imported("torch")

    def gradient(z: Any, y: Any) -> Any:
        scores = torch.from_numpy(_array(z)).requires_grad_()
        loss = torch.nn.functional.cross_entropy
        cost = loss(scores, torch.from_numpy(_array(y)), reduction="sum")
        (slope,) = torch.autograd.grad(cost, scores)
        return slope.numpy()

    return gradient


FIELD: dict[str, tuple[Entry, ...]] = {
    "sigmoid.exp_form": (
        _plain("scipy.special", "expit"),
        _plain("scipy.stats", "logistic.cdf"),
        _statsmodels("statsmodels Logit.cdf", "cdf"),
        _statsmodels_link("statsmodels links.Logit.inverse", "inverse"),
        _torch("torch.sigmoid", lambda torch, x: torch.sigmoid(x)),
        _jax("jax.nn.sigmoid", "sigmoid"),
    ),
    "sigmoid.derivative": (
        _numpy_formula("s*(1 - s) with numpy", lambda np, x: _s(np, x) * (1 - _s(np, x))),
        _plain("scipy.stats", "logistic.pdf"),
        _statsmodels("statsmodels Logit.pdf", "pdf"),
        _statsmodels_link("statsmodels links.Logit.inverse_deriv", "inverse_deriv"),
        _torch_gradient("gradient of torch.sigmoid", lambda torch, x: torch.sigmoid(x)),
        _jax("gradient of jax.nn.sigmoid", "sigmoid", gradient=True),
    ),
    "sigmoid.third_derivative": (
        _numpy_formula(
            "s*(1 - s)*(1 - 6*s + 6*s**2) with numpy",
            lambda np, x: _s(np, x) * (1 - _s(np, x)) * (1 - 6 * _s(np, x) + 6 * _s(np, x) ** 2),
        ),
    ),
    "log_sigmoid.softplus_form": (
        _numpy_formula("log(1/(1 + exp(-x))) with numpy", lambda np, x: np.log(_s(np, x))),
        _plain("scipy.special", "log_expit"),
        _plain("scipy.stats", "logistic.logcdf"),
        _torch("torch logsigmoid", lambda torch, x: torch.nn.functional.logsigmoid(x)),
        _jax("jax.nn.log_sigmoid", "log_sigmoid"),
    ),
    "softplus.stable_form": (
        _numpy_formula("numpy.logaddexp(0, x)", lambda np, x: np.logaddexp(0, x)),
        _torch("torch softplus", lambda torch, x: torch.nn.functional.softplus(x)),
        _jax("jax.nn.softplus", "softplus"),
    ),
    "logit.difference": (
        _plain("scipy.special", "logit"),
        _plain("scipy.stats", "logistic.ppf"),
        _statsmodels_link("statsmodels links.Logit", "__call__"),
        _torch("torch.logit", lambda torch, x: torch.logit(x)),
        Entry(
            "jax.scipy.special.logit",
            lambda imported: _jax_scipy(imported, "logit"),
        ),
    ),
    "logistic_loss.log_form": (
        _sklearn_loss("sklearn HalfBinomialLoss.loss, y = 1", 1.0, "loss"),
        _torch(
            "torch binary_cross_entropy_with_logits, y = 1",
            lambda torch, x: torch.nn.functional.binary_cross_entropy_with_logits(
                x, torch.ones_like(x), reduction="none"
            ),
        ),
    ),
    "logistic_loss.derivative": (
        _sklearn_loss("sklearn HalfBinomialLoss.gradient, y = 1", 1.0, "gradient"),
        _numpy_formula("scipy expit(z) - 1", lambda np, x: _expit(x) - 1),
        _torch_gradient(
            "gradient of torch binary_cross_entropy_with_logits, y = 1",
            lambda torch, x: torch.nn.functional.binary_cross_entropy_with_logits(
                x, torch.ones_like(x), reduction="sum"
            ),
        ),
    ),
    "soft_label.one_softplus": (
        _numpy_formula("numpy.logaddexp(0, z) - y*z", lambda np, y, z: np.logaddexp(0, z) - y * z),
        _sklearn_soft("sklearn HalfBinomialLoss.loss", "loss"),
        _torch(
            "torch binary_cross_entropy_with_logits",
            lambda torch, y, z: torch.nn.functional.binary_cross_entropy_with_logits(
                z, y, reduction="none"
            ),
        ),
    ),
    "soft_label.derivative": (
        _numpy_formula("scipy expit(z) - y", lambda np, y, z: _expit(z) - y),
        _sklearn_soft("sklearn HalfBinomialLoss.gradient", "gradient"),
        _torch_gradient(
            "gradient of torch binary_cross_entropy_with_logits",
            lambda torch, y, z: torch.nn.functional.binary_cross_entropy_with_logits(
                z, y, reduction="sum"
            ),
        ),
        _jax_of("jax.nn.sigmoid(z) - y", lambda jax, y, z: jax.nn.sigmoid(z) - y),
    ),
    "squashing.tanh.fraction": (
        _plain("numpy", "tanh"),
        _torch("torch.tanh", lambda torch, x: torch.tanh(x)),
    ),
    "squashing.tanh.derivative": (
        _numpy_formula("1 - tanh(x)**2 with numpy", lambda np, x: 1 - np.tanh(x) ** 2),
        _torch_gradient("gradient of torch.tanh", lambda torch, x: torch.tanh(x)),
    ),
    "squashing.areas.softsign": (
        _torch("torch softsign", lambda torch, x: torch.nn.functional.softsign(x)),
        _jax("jax.nn.soft_sign", "soft_sign"),
    ),
    "squashing.areas.erf": (
        _plain("scipy.special", "erf"),
        _torch("torch.erf", lambda torch, x: torch.erf(x)),
    ),
    "squashing.areas.gudermannian": (
        _numpy_formula(
            "2*arctan(exp(x)) - pi/2 with numpy",
            lambda np, x: 2 * np.arctan(np.exp(x)) - np.pi / 2,
        ),
    ),
    "softmax.shift": (
        _numpy_formula("exp(z)/sum(exp(z)) with numpy", _shares),
        _of_rows("scipy.special", "softmax"),
        Entry("sklearn.utils.extmath.softmax", _sklearn_softmax),
        _torch("torch.softmax", lambda torch, z: torch.softmax(z, dim=-1)),
        _jax("jax.nn.softmax", "softmax"),
    ),
    "softmax.log": (
        _numpy_formula("log(softmax) with numpy", lambda np, z: np.log(_shares(np, z))),
        _of_rows("scipy.special", "log_softmax"),
        _torch("torch.log_softmax", lambda torch, z: torch.log_softmax(z, dim=-1)),
        _jax("jax.nn.log_softmax", "log_softmax"),
    ),
    "softmax.logsumexp_others": (
        _numpy_formula(
            "max + log(sum(exp(z - max))) with numpy",
            _shifted_logsumexp,
        ),
        _of_rows("scipy.special", "logsumexp"),
        Entry("numpy.logaddexp.reduce", _logaddexp),
        _torch("torch.logsumexp", lambda torch, z: torch.logsumexp(z, dim=-1)),
        _jax("jax.nn.logsumexp", "logsumexp"),
    ),
    "softmax.cross_entropy_gradient": (
        Entry("softmax(z) - y with scipy", _softmax_error),
        Entry("gradient of torch cross_entropy", _torch_cross_entropy),
    ),
    "distributions.normal.cdf": (
        _plain("scipy.stats", "norm.cdf"),
        _plain("scipy.special", "ndtr"),
    ),
    "distributions.normal.derivative": (_plain("scipy.stats", "norm.pdf"),),
    "exponential_family.log_density.normal": (_plain("scipy.stats", "norm.logpdf"),),
}


def _s(np: Any, x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _expit(x: Any) -> Any:
    from scipy.special import expit

    return expit(x)


def _jax_scipy(imported: Importer, name: str) -> Callable[..., Any]:
    imported("jax").config.update("jax_enable_x64", True)
    function = getattr(imported("jax.scipy.special"), name)
    return lambda x: _numpy(function(_array(x)))
