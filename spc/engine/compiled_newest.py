"""The newest points of many charts, compiled: the last points of each chart as the bits of one word, newest lowest."""

# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call"

import numpy as np
from numba import njit

from spc.engine import encoding

ABOVE, BELOW, RISES, FALLS = encoding.ABOVE, encoding.BELOW, encoding.RISES, encoding.FALLS
NEVER_FALLS, NEVER_RISES = encoding.NEVER_FALLS, encoding.NEVER_RISES
WITHIN, STRICTLY = encoding.WITHIN, encoding.STRICTLY
KIND, LENGTH, M, OPTION, FULL, HIGH, FIRST = range(7)
ALTERNATE, ZONE, INSIDE, OUTSIDE = encoding.ALTERNATE, encoding.ZONE, encoding.INSIDE, encoding.OUTSIDE

FOUR = 4
TWO, THREE = np.uint64(2), np.uint64(3)
ONE, NONE, ALL = np.uint64(1), np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
EVEN = np.uint64(0x5555555555555555)
PAIRS, FOURS, BYTES = np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)

compiled = njit(cache=True, nogil=True)


@compiled
def judge(values, center, sigma, rules, names, levels, depths, places, flags):
    """Set the bits of the rules that fire at the last points: values (points, charts), flags (new, charts)."""
    points, charts = values.shape
    words, lines = np.empty((len(names), charts), np.uint64), np.empty((2, charts))
    for age in range(len(flags)):
        last = points - len(flags) + age
        answered = 0
        while answered < len(names):
            answered += _look(names, levels, depths, answered, values, center, sigma, last, lines, words)
        for i in range(len(rules)):
            _fire(rules[i], words, places, np.uint32(i), flags[age])


@compiled
def _look(names, levels, depths, key, values, center, sigma, last, lines, words):
    """Answer one predicate, or the pair that begins here, for the newest points of every chart; gives how many."""
    name, is_pair = names[key], names[key] in (ABOVE, FALLS, NEVER_FALLS)
    first, second = words[key], words[key + 1 if is_pair else key]
    for chart in range(len(first)):
        first[chart] = second[chart] = NONE
    varying = len(center) > 1 or len(sigma) > 1
    depth, back = max(depths[key], depths[key + 1]) if is_pair else depths[key], 0
    while back < depth:
        point = last - back
        if varying or back == 0:
            _draw(center[point if len(center) > 1 else 0], sigma[point if len(sigma) > 1 else 0], levels[key], lines)
        if back + FOUR <= depth and not varying and name in (ABOVE, FALLS, WITHIN):
            _compare_four(name, values, point, lines[0], lines[1], np.uint64(back), first, second)
            back += FOUR
            continue
        before = values[point - 1] if point else values[point]
        if is_pair:
            _compare_pair(name, values[point], before, lines[0], lines[1], np.uint64(back), first, second)
        else:
            _compare(name, values[point], lines[0], lines[1], np.uint64(back), first)
        back += 1
    return 2 if is_pair else 1


@compiled
def _draw(center, sigma, level, lines):
    for chart in range(lines.shape[1]):
        c, s = center[chart if len(center) > 1 else 0], sigma[chart if len(sigma) > 1 else 0]
        lines[0, chart] = c + level * s
        lines[1, chart] = c - level * s


@compiled
def _compare_four(name, values, point, upper, lower, back, first, second):
    """Four points in one pass, where the lines stay the same: a word is fetched and put back once, not four times."""
    x0, x1, x2, x3 = values[point], values[point - 1], values[point - 2], values[point - 3]
    charts = np.uint64(len(first))
    if name == ABOVE:
        for c in range(charts):
            high, low = upper[c], lower[c]
            first[c] |= _word(x0[c] > high, x1[c] > high, x2[c] > high, x3[c] > high) << back
            second[c] |= _word(x0[c] < low, x1[c] < low, x2[c] < low, x3[c] < low) << back
    elif name == WITHIN:
        for c in range(charts):
            high, low = upper[c], lower[c]
            first[c] |= _word(
                (x0[c] <= high) & (x0[c] >= low), (x1[c] <= high) & (x1[c] >= low),
                (x2[c] <= high) & (x2[c] >= low), (x3[c] <= high) & (x3[c] >= low),
            ) << back  # fmt: skip
    else:
        x4 = values[max(point - 4, 0)]
        for c in range(charts):
            a, b, d, e, f = x0[c], x1[c], x2[c], x3[c], x4[c]
            first[c] |= _word(a < b, b < d, d < e, e < f) << back
            second[c] |= _word(a > b, b > d, d > e, e > f) << back


@compiled
def _word(newest, second, third, oldest):
    return np.uint64(newest) | np.uint64(second) << ONE | np.uint64(third) << TWO | np.uint64(oldest) << THREE


@compiled
def _compare_pair(name, x, before, upper, lower, back, first, second):
    charts = np.uint64(len(first))
    if name == ABOVE:
        for c in range(charts):
            first[c] |= np.uint64(x[c] > upper[c]) << back
            second[c] |= np.uint64(x[c] < lower[c]) << back
    elif name == FALLS:
        for c in range(charts):
            first[c] |= np.uint64(x[c] < before[c]) << back
            second[c] |= np.uint64(x[c] > before[c]) << back
    else:
        for c in range(charts):
            first[c] |= np.uint64(x[c] >= before[c]) << back
            second[c] |= np.uint64(x[c] <= before[c]) << back


@compiled
def _compare(name, x, upper, lower, back, word):
    charts = np.uint64(len(word))
    if name == WITHIN:
        for c in range(charts):
            word[c] |= np.uint64((x[c] <= upper[c]) & (x[c] >= lower[c])) << back
    elif name == STRICTLY:
        for c in range(charts):
            word[c] |= np.uint64((x[c] < upper[c]) & (x[c] > lower[c])) << back
    else:
        for c in range(charts):
            word[c] |= np.uint64(x[c] == x[c]) << back


@compiled
def _fire(rule, words, places, bit, flags):
    """Whether one rule is complete at the newest point of each chart."""
    kind, first = rule[KIND], rule[FIRST]
    mask = ALL >> np.uint64(64 - rule[LENGTH])
    charts = np.uint64(len(flags))
    up = words[places[first]]
    if kind == INSIDE:
        for c in range(charts):
            flags[c] |= np.uint32(up[c] & mask == mask) << bit
        return
    down = words[places[first + 1]]
    if kind == ZONE:
        _zone(rule, words, places, bit, flags)
    elif kind == ALTERNATE:
        even, odd = mask & EVEN, mask & ~EVEN
        for c in range(charts):
            ends_up = (up[c] & even == even) & (down[c] & odd == odd)
            flags[c] |= np.uint32(ends_up | ((down[c] & even == even) & (up[c] & odd == odd))) << bit
    elif kind == OUTSIDE:
        either = rule[OPTION] == 1
        for c in range(charts):
            one_side = (up[c] & mask == mask) | (down[c] & mask == mask)
            flags[c] |= np.uint32(((up[c] | down[c]) & mask == mask) & (either | (not one_side))) << bit
    else:
        for c in range(charts):
            flags[c] |= np.uint32((up[c] & mask == mask) | (down[c] & mask == mask)) << bit


@compiled
def _zone(rule, words, places, bit, flags):
    first, k, full = rule[FIRST], np.uint64(rule[LENGTH]), rule[FULL] == 1
    up, down, known = words[places[first]], words[places[first + 1]], words[places[first + 2]]
    high, together = rule[HIGH] == 1, rule[OPTION] == 1
    too_high, too_low = words[places[first + 3 if high else first]], words[places[first + 4 if high else first]]
    mask = ALL >> np.uint64(64 - rule[M])
    for c in range(np.uint64(len(flags))):
        since = (~known[c] & (known[c] + ONE)) - ONE & mask  # the points behind the last gap
        above, below = up[c], down[c]
        if high:
            above, below = above & ~too_high[c], below & ~too_low[c]
        if together:
            above, below = above | below, NONE
        found = _fits(above & since, k) | _fits(below & since, k)
        flags[c] |= np.uint32(found & ((not full) | (since == mask))) << bit


@compiled
def _fits(hits, k):
    """Whether the newest point is a hit, and at least k are: bits counted in pairs, fours and bytes."""
    n = hits - ((hits >> ONE) & EVEN)
    n = (n & PAIRS) + ((n >> np.uint64(2)) & PAIRS)
    n = (n + (n >> np.uint64(4))) & FOURS
    return ((n * BYTES) >> np.uint64(56) >= k) & (hits & ONE == ONE)
