"""95 % intervals: of a share by Wilson, of an expected count exactly."""

Z = 1.96


def wilson(count: int, of: int) -> tuple[float, float]:
    share, spread = count / of, Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * ((share * (1 - share) + spread / 4) / of) ** 0.5 / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def poisson(count: int) -> tuple[float, float]:
    from scipy.stats import chi2

    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(0.975, 2 * count + 2) / 2)
