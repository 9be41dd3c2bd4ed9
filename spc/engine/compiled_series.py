"""Whole series, compiled: 64 points to a word, a few thousand points at a time so that all stays in the cache."""

# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call"

import numpy as np
from numba import njit

from spc.engine import encoding

ABOVE, FALLS, NEVER_FALLS = encoding.ABOVE, encoding.FALLS, encoding.NEVER_FALLS
WITHIN, STRICTLY, KNOWN = encoding.WITHIN, encoding.STRICTLY, encoding.KNOWN
KIND, LENGTH, M, OPTION, FULL, HIGH, FIRST = range(7)
ALTERNATE, ZONE, INSIDE, OUTSIDE = encoding.ALTERNATE, encoding.ZONE, encoding.INSIDE, encoding.OUTSIDE
WORD = np.uint64(64)
BLOCK = 128  # words judged at a time
ONE, NONE, ALL = np.uint64(1), np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
"""Times a single bit, its upper six bits tell which one (Leiserson, Prokop and Randall 1998)."""

PLACES = np.zeros(64, np.uint8)
PLACES[[(0x03F79D71B4CB0A89 << i) % 2**64 >> 58 for i in range(64)]] = np.arange(64)

compiled = njit(cache=True, nogil=True)


@compiled
def judge(values, center, sigma, rules, names, levels, twins, places, bits, flags):
    """Set the bits of the rules that fire; values (rows, n), limits that broadcast, flags (rows, 64 words)."""
    keys, n = len(names), values.shape[1]
    words = np.zeros((keys, BLOCK + 1), np.uint64)
    scratch, seen = np.zeros((8, BLOCK + 1), np.uint64), np.zeros((64, BLOCK + 1), np.uint64)
    varying = center.shape[1] > 1 or sigma.shape[1] > 1
    x, lines = np.empty(64 * BLOCK + 1), np.empty((2, keys, 64 * BLOCK if varying else 64))
    for row in range(values.shape[0]):
        for key in range(keys):
            words[key, BLOCK] = NONE
        x[64 * BLOCK] = np.nan
        for start in range(0, n, 64 * BLOCK):
            count = min(BLOCK, (n - start + 63) // 64)
            x[0] = x[64 * BLOCK]
            gapless = _load(values, row, start, 64 * count, x)
            if varying or start == 0:
                _draw(center, sigma, row, start, levels, lines)
            for key in range(keys):
                words[key, 0] = words[key, BLOCK]
            answered = 0
            while answered < keys:
                answered += _pack(names, twins, answered, x, lines, varying, gapless, words, count)
            for i in range(len(rules)):
                _scatter(_found(rules[i], words, places, scratch, seen, count), count, bits[i], flags[row], start)


@compiled
def _load(values, row, start, many, x):
    """Points start .. start + many of a row behind x[0], NaN behind the end of the row; whether none is missing."""
    there, missing = min(many, values.shape[1] - start), 0
    for j in range(there):
        x[j + 1] = values[row, start + j]
        missing += values[row, start + j] != values[row, start + j]
    x[there + 1 : many + 1] = np.nan
    return there == many and missing == 0


@compiled
def _draw(center, sigma, row, start, levels, lines):
    """Where the upper and lower line of each predicate lie: at 64 points where they are constant, else at all."""
    mean, spread = center[row if len(center) > 1 else 0], sigma[row if len(sigma) > 1 else 0]
    for j in range(lines.shape[2]):
        c = mean[0] if len(mean) == 1 else mean[start + j] if start + j < len(mean) else np.nan
        s = spread[0] if len(spread) == 1 else spread[start + j] if start + j < len(spread) else np.nan
        for key in range(len(levels)):
            lines[0, key, j] = c + levels[key] * s
            lines[1, key, j] = c - levels[key] * s


@compiled
def _pack(names, twins, key, x, lines, varying, gapless, words, count):
    """Answer one predicate, or the pair that begins here, for all points; gives how many were answered.

    Unsigned indices, so that the loops become vector instructions. A twin is where a zone's outsides stand: where
    nothing is missing, its inside is what neither of them is.
    """
    name, upper, lower = names[key], lines[0, key], lines[1, key]
    first, second = words[key], words[min(key + 1, len(words) - 1)]
    is_pair = name in (ABOVE, FALLS, NEVER_FALLS)
    twin = twins[key] if gapless and not varying and upper[0] == upper[0] else -1
    for w in range(np.uint64(count)):
        at = w * WORD
        line = at if varying else NONE
        one = other = NONE
        if name == ABOVE:
            for j in range(WORD):
                one |= np.uint64(x[at + j + ONE] > upper[line + j]) << j
                other |= np.uint64(x[at + j + ONE] < lower[line + j]) << j
        elif name == FALLS:
            for j in range(WORD):
                one |= np.uint64(x[at + j + ONE] < x[at + j]) << j
                other |= np.uint64(x[at + j + ONE] > x[at + j]) << j
        elif name == NEVER_FALLS:
            for j in range(WORD):
                one |= np.uint64(x[at + j + ONE] >= x[at + j]) << j
                other |= np.uint64(x[at + j + ONE] <= x[at + j]) << j
        elif name == KNOWN and gapless:
            one = ALL
        elif twin >= 0:
            one = ~(words[twin, w + ONE] | words[twin + 1, w + ONE])
        else:
            one = _alone(name, x, upper, lower, at, line)
        first[w + ONE] = one
        if is_pair:
            second[w + ONE] = other
    return 2 if is_pair else 1


@compiled
def _alone(name, x, upper, lower, at, line):
    """One word of a predicate that stands alone: within its lines, or known."""
    one = NONE
    if name == WITHIN:
        for j in range(WORD):
            y = x[at + j + ONE]
            one |= np.uint64((y <= upper[line + j]) & (y >= lower[line + j])) << j
    elif name == STRICTLY:
        for j in range(WORD):
            y = x[at + j + ONE]
            one |= np.uint64((y < upper[line + j]) & (y > lower[line + j])) << j
    else:
        for j in range(WORD):
            one |= np.uint64(x[at + j + ONE] == x[at + j + ONE]) << j
    return one


@compiled
def _run(source, k, into, spare, count):
    """Points at which the last k were all yes, 1 <= k <= 64, by doubling; word 0 is the word before."""
    for w in range(np.uint64(count + 1)):
        into[w] = source[w]
    length = 1
    while length < k:
        step = min(length, k - length)
        a, b = np.uint64(step), np.uint64(64 - step)
        for w in range(np.uint64(count + 1)):
            spare[w] = into[w]
        into[0] = spare[0] & (spare[0] << a)
        for w in range(ONE, np.uint64(count + 1)):
            into[w] = spare[w] & ((spare[w] << a) | (spare[w - ONE] >> b))
        length += step
    return into


@compiled
def _at_least(source, k, m, known, seen, scratch, count):
    """Points that are yes and have k yes among the last m, none before a gap; seen[i]: more than i yes before."""
    into, unbroken, end = scratch[4], scratch[5], np.uint64(count + 1)
    if k == 1:
        return source
    whole = ALL
    for w in range(end):
        whole &= known[w]
        unbroken[w] = known[w]
        for i in range(k - 1):
            seen[i, w] = NONE
    for back in range(1, m):
        a, b = np.uint64(back), np.uint64(64 - back)
        for w in range(ONE, end):
            into[w] = (source[w] << a) | (source[w - ONE] >> b)
        if whole != ALL:
            for w in range(ONE, end):
                unbroken[w] &= (known[w] << a) | (known[w - ONE] >> b)
                into[w] &= unbroken[w]
        for i in range(min(back, k - 1) - 1, 0, -1):
            for w in range(ONE, end):
                seen[i, w] |= seen[i - 1, w] & into[w]
        for w in range(ONE, end):
            seen[0, w] |= into[w]
    for w in range(ONE, end):
        into[w] = source[w] & seen[k - 2, w]
    return into


@compiled
def _found(rule, words, places, scratch, seen, count):
    """The points of a block at which a rule fires, as words 1 .. count."""
    kind, length, first = rule[KIND], rule[LENGTH], rule[FIRST]
    up = words[places[first]]
    if kind == INSIDE:
        return _run(up, length, scratch[0], scratch[1], count)
    down, both = words[places[first + 1]], scratch[3]
    if kind == ZONE:
        return _zone(rule, words, places, scratch, seen, count)
    if kind == ALTERNATE:
        both[0] = (up[0] & (down[0] << ONE)) | (down[0] & (up[0] << ONE))
        for w in range(ONE, np.uint64(count + 1)):
            after_down = (down[w] << ONE) | (down[w - ONE] >> np.uint64(63))
            after_up = (up[w] << ONE) | (up[w - ONE] >> np.uint64(63))
            both[w] = (up[w] & after_down) | (down[w] & after_up)
        return _run(both, length - 1, scratch[0], scratch[1], count)
    one = _run(up, length, scratch[0], scratch[1], count)
    other = _run(down, length, scratch[2], scratch[1], count)
    for w in range(np.uint64(count + 1)):
        one[w] |= other[w]
        both[w] = up[w] | down[w]
    if kind != OUTSIDE:
        return one
    either = _run(both, length, scratch[2], scratch[1], count)
    if not rule[OPTION]:
        for w in range(np.uint64(count + 1)):
            either[w] &= ~one[w]
    return either


@compiled
def _zone(rule, words, places, scratch, seen, count):
    first, k, m, end = rule[FIRST], rule[LENGTH], rule[M], np.uint64(count + 1)
    up, down, found = scratch[2], scratch[3], scratch[6]
    known = words[places[first + 2]]
    above, below = words[places[first]], words[places[first + 1]]
    for w in range(end):
        up[w], down[w] = above[w], below[w]
    if rule[HIGH]:
        too_high, too_low = words[places[first + 3]], words[places[first + 4]]
        for w in range(end):
            up[w] &= ~too_high[w]
            down[w] &= ~too_low[w]
    if rule[OPTION]:
        for w in range(end):
            up[w] |= down[w]
    one = _at_least(up, k, m, known, seen, scratch, count)
    for w in range(end):
        found[w] = one[w]
    if not rule[OPTION]:
        other = _at_least(down, k, m, known, seen, scratch, count)
        for w in range(end):
            found[w] |= other[w]
    if rule[FULL]:
        whole = _run(known, m, scratch[0], scratch[1], count)
        for w in range(end):
            found[w] &= whole[w]
    return found


@compiled
def _scatter(found, count, bit, flags, start):
    """Set a bit at the points that are yes, one after the other: they are few."""
    for w in range(np.uint64(count)):
        word, at = found[w + ONE], np.uint64(start) + w * WORD
        while word != NONE:
            lowest = word & (~word + ONE)
            flags[at + np.uint64(PLACES[(lowest * DE_BRUIJN) >> np.uint64(58)])] |= np.uint32(1) << bit
            word ^= lowest
