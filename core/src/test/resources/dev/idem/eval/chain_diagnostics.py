"""Golden values of ChainDiagnosticsTest: the formulas of Vehtari et al. (2021) in numpy and scipy, written on their own.

Made with Python 3, numpy 2.4.6 and scipy 1.17.1:  python3 chain_diagnostics.py
"""

import numpy as np
from scipy.stats import norm, rankdata


def chains(count, length, step, shift):
    """Chains of a deterministic kind: x = 0.8 x + a saw tooth, in double precision."""
    result = np.zeros((count, length))
    for c in range(count):
        x, word = 0.0, 12345 + c
        for t in range(length):
            word = (word * 1103515245 + 12345) % 2**31
            x = step * x + word / 2**31 - 0.5
            result[c, t] = x + shift * c
    return result


def halves(x):
    n = x.shape[1] // 2
    return np.concatenate([x[:, :n], x[:, -n:]])


def ranked(x):
    return norm.ppf((rankdata(x).reshape(x.shape) - 0.375) / (x.size + 0.25))


def plain_r_hat(x):
    n = x.shape[1]
    within = x.var(axis=1, ddof=1).mean()
    between = n * x.mean(axis=1).var(ddof=1)
    return np.sqrt((between / within + n - 1) / n)


def size(x):
    m, n = x.shape
    centred = x - x.mean(axis=1, keepdims=True)
    covariance = np.array([(centred[:, : n - t] * centred[:, t:]).sum() / (m * n) for t in range(n)])
    within = covariance[0] * n / (n - 1)
    variance = covariance[0] + x.mean(axis=1).var(ddof=1)
    rho = 1 - (within - covariance) / variance
    rho[0] = 1
    pairs = rho[: n // 2 * 2].reshape(-1, 2).sum(axis=1)
    end = int(np.argmax(pairs <= 0)) if (pairs <= 0).any() else len(pairs)
    tau = 2 * np.minimum.accumulate(pairs[:end]).sum() - 1
    tau += max(0, rho[2 * end]) if end < len(pairs) else 0
    return x.size / max(tau, 1 / np.log10(x.size))


for arguments in [(4, 200, 0.8, 0.0), (3, 151, 0.5, 0.3), (2, 40, -0.6, 0.0)]:
    x = halves(chains(*arguments))
    fold = abs(x - np.median(x))
    print(arguments, max(plain_r_hat(ranked(x)), plain_r_hat(ranked(fold))), size(ranked(x)), size(x))
