"""The readout z = w . m_y and its training: recursive least squares while the loop runs, or ridge regression later.

FORCE (D. Sussillo and L. F. Abbott, Neuron 63, 544 (2009)) corrects w after every sample, so fast that the
output fed back is always nearly the target; the network then has the same feedback in training as when it runs
freely. Ridge regression on states recorded under a perfect target is the classical reservoir.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.mtj_rnn import _kernels
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.validation import count, numbers, positive, table, within


class Readout:
    """K linear readouts of N states, and the recursive least squares (RLS) that trains them.

    Parameters
    ----------
    outputs, size : int
        K and N.
    regularization : float
        beta: the inverse correlation starts as P = identity / beta, so the weights minimise
        sum |w . r - target|^2 + beta |w|^2 at every moment (with `forgetting` 1).
    forgetting : float
        lambda, the weight of an error relative to that of the next sample.

    Raises
    ------
    Refused
        If a number is outside its legal range.
    """

    def __init__(self, outputs: int, size: int, regularization: float = 1.0, forgetting: float = 1.0) -> None:
        shape = count(outputs, "outputs", 1), count(size, "size", 1)
        self.weights: NDArray[np.float64] = np.zeros(shape)
        """(K, N)."""
        self.covariance: NDArray[np.float64] = np.eye(shape[1]) / positive(regularization, "regularization")
        """(N, N): P, the inverse of the states' correlation matrix."""
        self.forgetting = within(forgetting, "forgetting", 0.5, 1.0)
        self._room = np.empty(shape[1])

    @property
    def outputs(self) -> int:
        """K, the number of readouts."""
        return int(self.weights.shape[0])

    @property
    def learner(self) -> _kernels.Learner:
        """The same arrays in the kernel's record."""
        return _kernels.Learner(self.weights, self.covariance, self.forgetting)

    def read(self, states: ArrayLike) -> NDArray[np.float64]:
        """Return the outputs for states of shape (..., N), shape (..., K)."""
        result: NDArray[np.float64] = np.asarray(states, dtype=np.float64) @ self.weights.T
        return result

    def renew(self, regularization: float) -> None:
        """Reset P to identity / beta while the weights stay (covariance resetting).

        From then on the weights minimise the errors since the reset, plus beta times their squared distance from
        their values at the reset. The past is forgotten in blocks, and P cannot grow without bounds, as it may under
        exponential forgetting in directions that the states hardly have.
        """
        self.covariance[:] = np.eye(self.covariance.shape[0]) / positive(regularization, "regularization")

    def update(self, state: ArrayLike, target: ArrayLike) -> NDArray[np.float64]:
        """Learn from one sample; returns the output before the correction, shape (K,).

        ``k = P r / (lambda + r . P r)``, ``w -= (z - target) k``, ``P = (P - k (P r)^T) / lambda``.

        Parameters
        ----------
        state : array_like, shape (N,)
        target : array_like, shape (K,)
        """
        regressor = table(state, self._room.shape, "state")
        wanted = table(np.atleast_1d(numbers(target, "target")), (self.outputs,), "target")
        output = self.read(regressor)
        _kernels.learn(self.learner, regressor, output, wanted, self._room)
        return output


def ridge(states: ArrayLike, targets: ArrayLike, regularization: float = 1.0) -> NDArray[np.float64]:
    """Return the weights (K, N) that minimise sum |w . r - target|^2 + beta |w|^2.

    Parameters
    ----------
    states : array_like, shape (T, N)
    targets : array_like, shape (T,) or (T, K)
    regularization : float
        beta, above zero.

    Raises
    ------
    Refused
        If the shapes do not fit or `regularization` is not above zero.
    """
    r = numbers(states, "states")
    if r.ndim != 2 or not r.size:
        msg = f"states have the shape {r.shape}; they must be (samples, junctions)."
        raise Refused(msg)
    wanted = numbers(targets, "targets")
    wanted = wanted[:, None] if wanted.ndim == 1 else wanted
    wanted = table(wanted, (r.shape[0], *wanted.shape[1:]), "targets")
    beta = positive(regularization, "regularization")
    # Unlike the normal equations, the augmented system does not square the condition number.
    matrix = np.vstack([r, np.sqrt(beta) * np.eye(r.shape[1])])
    right = np.vstack([wanted, np.zeros((r.shape[1], wanted.shape[1]))])
    solution: NDArray[np.float64] = np.linalg.lstsq(matrix, right)[0].T
    return np.ascontiguousarray(solution)
