"""The pictures of gauge studies: components, ranges, parts, appraisers, interaction, line and band, runs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import fmean

from spc.drawing import BOTTOM as FOOT
from spc.drawing import HEIGHT, LEFT, TOP, Ink, Level, Picture, short

Values = Mapping[str, Sequence[float]]
MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its confidence limits, under a name."""

    name: str
    value: float
    low: float
    high: float


def bars(title: str, groups: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], ink: Ink) -> str:
    """Groups of bars in percent, one series beside the other."""
    highest = max((value for _name, values in series for value in values if value is not None), default=1.0)
    picture = Picture(ink, (-0.5, len(groups) - 0.5), (0.0, highest), title)
    picture.y_from = 0.0
    picture.axes(lambda _place: "")
    wide = 0.8 / len(series)
    for n, (name, values) in enumerate(series):
        for place, value in enumerate(values):
            if value is not None:
                begin = place - 0.4 + n * wide
                picture.bar(begin, begin + wide, value, f"{groups[place]}, {name}: {short(value)} %", ink.series[n])
    names(picture, groups)
    legend(picture, [name for name, _values in series])
    return picture.drawn()


def by_group(title: str, groups: Values, levels: Sequence[Level], ink: Ink) -> str:
    """Every value over its group, and a line through the means."""
    known = [value for values in groups.values() for value in values] + _of(levels)
    picture = Picture(ink, (-0.5, len(groups) - 0.5), (min(known), max(known)), title)
    picture.axes(lambda _place: "")
    for place, values in enumerate(groups.values()):
        for value in values:
            picture.dot(place, value, ink.line, 2.1, short(value))
    picture.line([(place, fmean(values)) for place, values in enumerate(groups.values()) if values], ink.center, 1.4)
    for level in levels:
        picture.across(level)
    names(picture, list(groups))
    return picture.drawn()


def by_appraiser(title: str, points: Values, labels: Sequence[str], levels: Sequence[Level], ink: Ink) -> str:
    """One figure a part, the appraisers beside one another: the chart of ranges, and that of means."""
    values = [value for row in points.values() for value in row]
    picture = Picture(ink, (-0.5, len(values) - 0.5), _stretch([*values, *_of(levels)]), title)
    picture.axes(lambda _place: "")
    begin = 0
    for n, (who, row) in enumerate(points.items()):
        color = ink.series[n % len(ink.series)]
        spots = list(enumerate(row, start=begin))
        picture.line(spots, color, 1.2)
        for place, value in spots:
            picture.dot(place, value, color, 2, f"{who}, {labels[place - begin]}: {short(value)}")
        picture.text(picture.x(begin + (len(row) - 1) / 2), HEIGHT - FOOT + 13, who, "middle", color, 8.5)
        begin += len(row)
    for level in levels:
        picture.across(level)
    return picture.drawn()


def interaction(title: str, means: Values, labels: Sequence[str], ink: Ink) -> str:
    """The mean of each part, one line an appraiser: lines that cross tell of an interaction."""
    values = [value for row in means.values() for value in row]
    picture = Picture(ink, (-0.3, len(labels) - 0.7), _stretch(values), title)
    picture.axes(lambda _place: "")
    for n, (who, row) in enumerate(means.items()):
        color = ink.series[n % len(ink.series)]
        picture.line(list(enumerate(row)), color, 1.4)
        for place, value in enumerate(row):
            picture.dot(place, value, color, 2, f"{who}, {labels[place]}: {short(value)}")
    names(picture, labels)
    legend(picture, list(means))
    return picture.drawn()


def intervals(title: str, found: Sequence[Interval], levels: Sequence[Level], ink: Ink) -> str:
    """A figure a name with its confidence limits."""
    ends = [end for one in found for end in (one.low, one.high)] + _of(levels)
    picture = Picture(ink, (-0.5, len(found) - 0.5), (min(ends), max(ends)), title)
    picture.axes(lambda _place: "")
    for place, one in enumerate(found):
        picture.line([(place, one.low), (place, one.high)], ink.line, 1.6)
        for end in (one.low, one.high):
            picture.line([(place - 0.08, end), (place + 0.08, end)], ink.line, 1.6)
        picture.dot(place, one.value, ink.line, 3.2, f"{one.name}: {short(one.value)}")
    for level in levels:
        picture.across(level)
    names(picture, [one.name for one in found])
    return picture.drawn()


def run(title: str, values: Sequence[float], levels: Sequence[Level], ink: Ink, flagged: Sequence[int] = ()) -> str:
    """Values in the order in which they were measured; NaN where there is none."""
    known = [value for value in values if not isnan(value)]
    picture = Picture(ink, (0, max(len(values) - 1, 1)), _stretch([*known, *_of(levels)]), title)
    picture.axes(lambda place: short(place + 1))
    picture.line(list(enumerate(values)), ink.line, 1.1)
    for place, value in enumerate(values):
        if isnan(value):
            continue
        is_flagged = place in flagged
        picture.dot(place, value, ink.flagged if is_flagged else ink.line, 3 if is_flagged else 1.8, short(value))
    for level in levels:
        picture.across(level)
    return picture.drawn()


def line(
    title: str, spots: Sequence[tuple[float, float]], fitted: Sequence[tuple[float, float, float, float]], ink: Ink
) -> str:
    """Bias over reference: each reading, the mean of each reference, the line with its confidence band, and zero.

    fitted  rows of reference, line, lower and upper end of the band
    """
    ends = [end for row in fitted for end in row[2:]]
    x, y = [one[0] for one in spots], [one[1] for one in spots]
    room = (max(x) - min(x)) * 0.05
    picture = Picture(ink, (min(x) - room, max(x) + room), _stretch([*y, *ends, 0.0]), title)
    picture.axes()
    for at, off in spots:
        picture.dot(at, off, ink.bar, 1.9, short(off))
    picture.line([(row[0], row[1]) for row in fitted], ink.line, 1.6)
    for end in (2, 3):
        picture.line([(row[0], row[end]) for row in fitted], ink.line, 1.1, "4 3")
    for at in sorted(set(x)):
        picture.dot(at, fmean(off for one, off in spots if one == at), ink.flagged, 3)
    picture.across(Level(0.0, "", ink.center, ""))
    return picture.drawn()


def names(picture: Picture, words: Sequence[str]) -> None:
    """Words under the places from 0, as many as there is room for."""
    every = -(-len(words) // MOST_LABELS)
    size = 8.5 if len(words) < 9 else 7.5
    most = max(2, round(70 / max(1, len(words) // every)))
    for place, word in enumerate(words):
        if place % every == 0:
            cut = word if len(word) <= most else word[: most - 1] + "…"
            picture.text(picture.x(place), HEIGHT - FOOT + 13, cut, "middle", size=size)


def legend(picture: Picture, words: Sequence[str]) -> None:
    """The names of the lines in their colours, beside one another above the frame; cut where there are many."""
    most, x = max(4, 60 // max(1, len(words))), LEFT
    for n, word in enumerate(words):
        said = word if len(word) <= most else word[: most - 1] + "…"
        picture.text(x, TOP - 4, said, color=picture.ink.series[n % len(picture.ink.series)], size=8)
        x += 10 + sum(8.0 if letter > "\u2e80" else 4.6 for letter in said)


def _of(levels: Sequence[Level]) -> list[float]:
    return [level.value for level in levels if level.value is not None]


def _stretch(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)
