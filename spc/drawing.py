"""Small statistical pictures as SVG, the same on the screen, in the reader's colours, and on paper. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, isnan, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 360.0, 210.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 62.0, 12.0, 26.0
Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a picture, as CSS says them, its typeface, and colours of lines that are told apart."""

    line: str
    flagged: str
    limit: str
    center: str
    bar: str
    text: str
    grid: str
    font: str = "inherit"
    series: tuple[str, ...] = tuple(f"var(--series-{n})" for n in range(1, 7))


SCREEN = Ink(
    "var(--series-1)", "var(--failed)", "var(--held)", "var(--done)", "var(--series-6)", "var(--ink-2)", "var(--line)"
)
PAPER = Ink("#1769aa", "#bd1240", "#842c00", "#00744d", "#8fb6c4", "#465363", "#dce2e8", "Noto Sans SC",
            ("#1769aa", "#c2570c", "#00795c", "#9a4a86", "#8a6a00", "#40798c"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a picture, with what stands at its end."""

    value: float | None
    label: str
    color: str
    dash: str = "5 3"


class Picture:
    """A frame with scales; what is drawn into it, in order."""

    def __init__(self, ink: Ink, x: tuple[float, float], y: tuple[float, float], title: str) -> None:
        self.ink, self.title, self.parts = ink, title, list[str]()
        self.x_from, self.x_to = padded(*x, 0.0)
        self.y_from, self.y_to = padded(*y, 0.06)
        self.x: Scale = lambda value: LEFT + (WIDTH - LEFT - RIGHT) * (value - self.x_from) / (self.x_to - self.x_from)
        self.y: Scale = lambda value: HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.y_from) / (
            self.y_to - self.y_from
        )

    def text(self, x: float, y: float, said: str, anchor: str = "start", color: str = "", size: float = 9.5) -> None:
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-family="{self.ink.font}" '
            f'fill="{color or self.ink.text}">{escape(said)}</text>'
        )

    def line(self, spots: Sequence[tuple[float, float]], color: str, width: float = 1.4, dash: str = "") -> None:
        """A line through points in the picture's own units; NaN lifts the pen."""
        path, is_down = "", False
        for x, y in spots:
            if not isnan(y):
                path += f"{'L' if is_down else 'M'}{self.x(x):.1f} {self.y(y):.1f}"
            is_down = not isnan(y)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"{dashed}/>')

    def dot(self, x: float, y: float, color: str, radius: float = 1.9, said: str = "") -> None:
        told = f"<title>{escape(said)}</title>" if said else ""
        place = f'cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="{radius}"'
        self.parts.append(f'<circle {place} fill="{color}">{told}</circle>')

    def bar(self, begin: float, end: float, height: float, said: str, color: str = "") -> None:
        left, top, bottom = self.x(begin), self.y(height), self.y(max(0.0, self.y_from))
        self.parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(0.5, self.x(end) - left - 0.6):.1f}" '
            f'height="{max(0.0, bottom - top):.1f}" fill="{color or self.ink.bar}"><title>{escape(said)}</title></rect>'
        )

    def across(self, level: Level, *, quiet: bool = False) -> None:
        """A line across; `quiet` says nothing at its end."""
        if level.value is None or not isfinite(level.value):
            return
        self.line([(self.x_from, level.value), (self.x_to, level.value)], level.color, 1.2, level.dash)
        if quiet:
            return
        said = f"{level.label} {short(level.value)}".strip()
        self.text(WIDTH - RIGHT + 4, self.y(level.value) + 3, said, color=level.color, size=8)

    def down(self, level: Level) -> None:
        if level.value is None:
            return
        x = self.x(level.value)
        dashed = f' stroke-dasharray="{level.dash}"' if level.dash else ""
        ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{TOP:.1f}" y2="{HEIGHT - BOTTOM:.1f}"'
        self.parts.append(f'<line {ends} stroke="{level.color}" stroke-width="1.2"{dashed}/>')
        self.text(x, TOP - 3, level.label, "middle", level.color, 8)

    def axes(self, x_said: Callable[[float], str] | None = None, y_said: Callable[[float], str] | None = None) -> None:
        for value in ticks(self.y_from, self.y_to):
            y = self.y(value)
            ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            self.parts.insert(0, f'<line {ends} stroke="{self.ink.grid}"/>')
            self.text(LEFT - 5, y + 3, (y_said or short)(value), "end", size=8.5)
        for value in ticks(self.x_from, self.x_to):
            self.text(self.x(value), HEIGHT - BOTTOM + 13, (x_said or short)(value), "middle", size=8.5)

    def drawn(self) -> str:
        """The whole as SVG."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
            f'aria-label="{escape(self.title, {chr(34): "&quot;"})}">{"".join(self.parts)}</svg>'
        )


def padded(low: float, high: float, share: float) -> tuple[float, float]:
    """A stretch with room on both sides, never empty."""
    room = (high - low) * share or (0.0 if high > low else abs(high) * 0.05 or 1.0)
    return low - room, high + room


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers within a stretch, about as many as wanted."""
    raw = (high - low) / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= raw)
    return [n * step for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def short(value: float) -> str:
    """A number of at most five digits."""
    return f"{value:.5g}" if abs(value) >= 1e-12 else "0"
