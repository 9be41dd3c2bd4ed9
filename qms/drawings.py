"""The fish of causes and the tree of whys as SVG: for the page, where they take its colours, and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

FONT = 'font-family="Noto Sans SC, Noto Sans CJK SC, sans-serif"'
LINE, GAP = 17, 10  # pixels of a line of text, and between things
BOX = 200
COLUMN = BOX + 44


@dataclass(frozen=True)
class Cause:
    """A possible cause: its words, and whether it was confirmed or ruled out."""

    text: str
    is_confirmed: bool = False
    is_out: bool = False


@dataclass
class Why:
    """An answer, and the answers below it."""

    text: str
    is_root: bool = False
    below: "list[Why]" = field(default_factory=list)


def width_of(text: str) -> float:
    """About how wide a text is, in heights of its letters: Chinese ones are square."""
    return sum(1.0 if ord(one) > 0x2E7F else 0.56 for one in text)


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """A text in lines that fit, cut with an ellipsis where it has too many; breaks between words where it can."""
    lines, line = [], ""
    for piece in pieces(" ".join(text.split())):
        if line and width_of(line + piece.rstrip()) * size > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    kept = [one for one in lines if one][:most]
    if len([one for one in lines if one]) > most:
        kept[-1] = kept[-1][: max(1, len(kept[-1]) - 1)] + "…"
    return kept or [""]


def pieces(text: str) -> list[str]:
    """What may stand on a line of its own: a word with its blank, or one Chinese letter."""
    found, word = [], ""
    for one in text:
        if ord(one) > 0x2E7F:
            found += [word, one] if word else [one]
            word = ""
        elif one == " ":
            found.append(word + " ")
            word = ""
        else:
            word += one
            if len(word) >= 24:
                found.append(word)
                word = ""
    return [*found, word] if word else found


def label(x: float, y: float, lines: Sequence[str], *, size: float = 13, anchor: str = "start", more: str = "") -> str:
    """Lines of text below one another, the first at y."""
    return "".join(
        f'<text x="{x:.0f}" y="{y + n * LINE:.0f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="currentColor" stroke="none" {FONT}{more}>{escape(line)}</text>'
        for n, line in enumerate(lines)
    )


def svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    """The whole drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(title)}" fill="none" stroke="currentColor" stroke-width="1.4">{"".join(parts)}</svg>'
    )


def fishbone(effect: str, bones: Mapping[str, Sequence[Cause]], title: str) -> str:
    """Ishikawa's diagram: bones above and below the spine, each with its causes, the effect at the head."""
    pairs = list(bones.items())
    upper, lower = pairs[: (len(pairs) + 1) // 2], pairs[(len(pairs) + 1) // 2:]
    heights = [max((_tall(causes) for _name, causes in side), default=0) for side in (upper, lower)]
    spine, step = heights[0] + 60, 290
    end = 40 + step * max(len(upper), len(lower)) + 30
    parts = [f'<path d="M30 {spine} H{end}" stroke-width="3"/>']
    for side, (rows, sign) in enumerate(((upper, -1), (lower, 1))):
        for n, (name, causes) in enumerate(rows):
            parts += _bone(name, causes, foot=40 + step * (n + 1), spine=spine, tall=heights[side], sign=sign)
    lines = wrapped(effect, 170, 14, 6)
    top = spine - (len(lines) * LINE + 2 * GAP) / 2
    parts.append(f'<rect x="{end}" y="{top:.0f}" width="190" height="{len(lines) * LINE + 2 * GAP}" rx="6" '
                 'stroke-width="2"/>')
    parts.append(label(end + 10, top + GAP + 13, lines, size=14, more=' font-weight="600"'))
    return svg(end + 200, spine + heights[1] + 60, parts, title)


def _tall(causes: Sequence[Cause]) -> int:
    return max(90, sum(len(wrapped(one.text, 190, 13, 3)) * LINE + GAP for one in causes) + 20)


def _bone(
    name: str, causes: Sequence[Cause], *, foot: float, spine: float, tall: int, sign: int
) -> list[str]:
    """One bone: its name at the end, its causes beside it, slanting towards the head."""
    far = spine + sign * tall
    lean = 50.0
    parts = [f'<path d="M{foot - lean:.0f} {far:.0f} L{foot:.0f} {spine:.0f}" stroke-width="2"/>']
    parts.append(f'<rect x="{foot - lean - 60:.0f}" y="{far - 28 if sign < 0 else far:.0f}" width="120" height="28" '
                 'rx="6"/>')
    parts.append(label(foot - lean, far - 9 if sign < 0 else far + 19, [name], anchor="middle",
                       more=' font-weight="600"'))
    y = far + 14 if sign < 0 else spine + 26
    for cause in causes:
        lines = wrapped(cause.text, 190, 13, 3)
        share = abs(y - far) / tall
        joint = foot - lean + lean * share
        more = ' font-weight="700"' if cause.is_confirmed else ' opacity="0.55" text-decoration="line-through"' if (
            cause.is_out) else ""
        parts.append(label(joint - 12, y + 4, lines, anchor="end", more=more))
        thick = 3 if cause.is_confirmed else 1
        parts.append(f'<path d="M{joint - 8:.0f} {y:.0f} H{joint:.0f}" stroke-width="{thick}"/>')
        y += len(lines) * LINE + GAP
    return parts


def why_tree(tracks: Sequence[tuple[str, Sequence[Why]]], title: str) -> str:
    """The whys from left to right, each below the one that it answers; a root cause has a thick frame."""
    parts: list[str] = []
    y, widest = 20.0, 0.0
    for name, roots in tracks:
        parts.append(label(0, y + 4, [name], size=14, more=' font-weight="600"'))
        y += 16
        for root in roots:
            y, right = _branch(root, 0, y, parts)
            widest = max(widest, right)
        y += 16
    return svg(max(widest, 400) + 4, y, parts, title)


def _branch(why: Why, depth: int, top: float, parts: list[str]) -> tuple[float, float]:
    """Draw an answer and what is below it; where the next one begins, and how far right it reached."""
    lines = wrapped(why.text, BOX - 20, 13, 5)
    tall, x = len(lines) * LINE + 2 * GAP, depth * COLUMN + 2
    y, right, middles = top, float(x + BOX), []
    for child in why.below:
        middles.append(y + (len(wrapped(child.text, BOX - 20, 13, 5)) * LINE + 2 * GAP) / 2)
        y, reached = _branch(child, depth + 1, y, parts)
        right = max(right, reached)
    parts.append(f'<rect x="{x}" y="{top:.0f}" width="{BOX}" height="{tall}" rx="6" '
                 f'stroke-width="{3.5 if why.is_root else 1.2}"/>')
    parts.append(label(x + 10, top + GAP + 12, lines, more=' font-weight="700"' if why.is_root else ""))
    middle, bend = top + tall / 2, x + BOX + 22
    for at in middles:
        parts.append(f'<path d="M{x + BOX} {middle:.0f} H{bend} V{at:.0f} H{x + COLUMN}" stroke-width="1"/>')
    return max(y, top + tall + 12), right
