"""A curve as SVG for paper: its readings over the window between its limits, lowest and highest at the ends."""

from html import escape

from django.utils.formats import number_format
from django.utils.timezone import localtime

from traceability.bounds import LIMIT, Bound
from traceability.queries.curves import Curve

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 680.0, 150.0, 64.0, 10.0, 24.0
INK, GRID, WORDS = "#1769aa", "#dce2e8", "#465363"
LIMIT_INK, CENTRE_INK = "#a8480c", "#1b7a43"


def svg(curve: Curve) -> str:
    """The drawing; nothing when fewer than two readings can be trusted. A reading that can't be leaves a hole."""
    good = [point for point in curve.points if point.good]
    if len(good) < 2:
        return ""
    first, last = good[0].at, good[-1].at
    shown = [*(point.value or 0 for point in good), *(one.value for one in curve.bounds)]
    low, high = min(shown), max(shown)
    seconds, span = max((last - first).total_seconds(), 1e-9), (high - low) or 1.0

    def height(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / span)

    def place(at_s: float, value: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - 8) * at_s / seconds:.1f},{height(value):.1f}"

    runs: list[list[str]] = [[]]
    for point in curve.points:
        if point.good and point.value is not None:
            runs[-1].append(place((point.at - first).total_seconds(), point.value))
        elif runs[-1]:
            runs.append([])
    look = f'fill="none" stroke="{INK}" stroke-width="1.2"'
    lines = "".join(f'<polyline points="{" ".join(run)}" {look}/>' for run in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" width="{WIDTH:.0f}" '
        f'height="{HEIGHT:.0f}"><rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - 8}" height="{HEIGHT - TOP - BOTTOM}" '
        f'fill="none" stroke="{GRID}"/>{"".join(_limit(one, height(one.value)) for one in curve.bounds)}{lines}'
        f"{_word(LEFT - 4, TOP + 8, _number(high), 'end')}{_word(LEFT - 4, HEIGHT - BOTTOM, _number(low), 'end')}"
        f"{_word(LEFT, HEIGHT - 8, f'{localtime(first):%Y-%m-%d %H:%M:%S}', 'start')}"
        f"{_word(WIDTH - 8, HEIGHT - 8, f'{localtime(last):%H:%M:%S}', 'end')}</svg>"
    )


def _limit(bound: Bound, y: float) -> str:
    """A dashed line across, with its word and value at its right end."""
    ink = LIMIT_INK if bound.tone == LIMIT else CENTRE_INK
    look = f'stroke="{ink}" stroke-width="0.8" stroke-dasharray="4 3"'
    word = _word(WIDTH - 12, max(y - 2, TOP + 8), f"{bound.label} {_number(bound.value)}", "end")
    return f'<line x1="{LEFT}" x2="{WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}" {look}/>{word}'


def _number(value: float) -> str:
    return str(number_format(round(value, 4)))


def _word(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="10" font-family="Noto Sans SC" fill="{WORDS}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
