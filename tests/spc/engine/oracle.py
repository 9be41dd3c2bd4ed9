"""The run rules once more, as slow and plain as they can be said: the judge of the fast ones."""

from itertools import pairwise
from math import isnan


def flags(values, centers, sigmas, rules):
    """Bit masks of one series, point by point; centers and sigmas hold one number per point."""
    found = [0] * len(values)
    for bit, rule in enumerate(rules):
        for points in stretches(values, rule.missing):
            window = [(values[i], centers[i], sigmas[i]) for i in points]
            for last, i in enumerate(points):
                if fires(rule, window[: last + 1]):
                    found[i] |= 1 << bit
    return found


def stretches(values, missing):
    """Indices of the points that belong together: all known ones, or each run of known ones."""
    runs, known = [[]], [not isnan(v) for v in values]
    for i, here in enumerate(known):
        if here:
            runs[-1].append(i)
        elif missing == "break":
            runs.append([])
    return runs


def fires(rule, history):
    """Whether the rule is complete at the last point of this gapless history."""
    wide = rule.kind == "zone" and rule.window == "partial"
    if len(history) < rule.span and not wide:
        return False
    window = history[-rule.span :]
    return {"trend": trend, "alternate": alternate, "zone": zone, "side": side}.get(rule.kind, level)(rule, window)


def trend(rule, window):
    values = [v for v, _, _ in window]
    pairs = list(pairwise(values))
    if rule.ties == "continue":
        return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def alternate(rule, window):
    values = [v for v, _, _ in window]
    signs = [(b > a) - (b < a) for a, b in pairwise(values)]
    return all(a * b == -1 for a, b in pairwise(signs))


def zone(rule, window):
    high = float("inf") if rule.zone_high is None else rule.zone_high
    above = [v > c + rule.zone * s and not v > c + high * s for v, c, s in window]
    below = [v < c - rule.zone * s and not v < c - high * s for v, c, s in window]
    sides = [[a or b for a, b in zip(above, below, strict=True)]] if rule.outside == "either" else [above, below]
    return any(hits[-1] and sum(hits) >= rule.k for hits in sides)


def side(rule, window):
    known = all(not isnan(s) for _, _, s in window)  # a centre without a sigma is no limit yet
    return known and (all(v > c for v, c, _ in window) or all(v < c for v, c, _ in window))


def level(rule, window):
    above = [v > c + rule.zone * s for v, c, s in window]
    below = [v < c - rule.zone * s for v, c, s in window]
    if rule.kind == "inside" and rule.inside == "strict":
        return all(c - rule.zone * s < v < c + rule.zone * s for v, c, s in window)
    if rule.kind == "inside":
        return all(c - rule.zone * s <= v <= c + rule.zone * s for v, c, s in window)
    out = all(a or b for a, b in zip(above, below, strict=True))
    both = any(above) and any(below)
    return out and (both or rule.kind == "beyond" or rule.outside == "either")
