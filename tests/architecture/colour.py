"""Colours as eyes see them: contrast after WCAG 2.1, colour blindness after Machado 2009, difference after CIE 1976."""

import re

from tests.architecture.house import ROOT

TOKENS = ROOT / "static" / "css" / "tokens.css"
Colour = tuple[float, float, float]  # linear light, 0 to 1

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
BLINDNESS: dict[str, tuple[Colour, Colour, Colour]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def themes() -> dict[str, dict[str, str]]:
    """Every token of each theme as it counts there: theme -> name -> value."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    base = declared(text, r":root")
    contrast = base | declared(text, r'\[data-theme="contrast"\]')
    return {
        f"{name}{side}": {key: chosen(value, number) for key, value in tokens.items()}
        for name, tokens in (("", base), ("contrast-", contrast))
        for number, side in enumerate(("light", "dark"))
    }


def declared(text: str, selector: str) -> dict[str, str]:
    """What the first rule with a selector declares."""
    found = re.search(selector + r"\s*\{([^}]*)\}", text)
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", found[1])) if found else {}


def chosen(value: str, side: int) -> str:
    both = re.fullmatch(r"light-dark\(([^,()]+), ([^,()]+)\)", value)
    return both[1 + side] if both else value


def colour(text: str) -> Colour:
    """#rrggbb in linear light."""
    red, green, blue = (linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(colour(one)), luminance(colour(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(seen: Colour) -> float:
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def simulated(seen: Colour, kind: str) -> Colour:
    """How a colour looks with a kind of colour blindness."""
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, seen, strict=True)), 0.0), 1.0) for row in BLINDNESS[kind]
    )
    return red, green, blue


def difference(one: Colour, other: Colour) -> float:
    """Distance in CIELAB (D65); about 2 is just noticeable side by side."""
    pairs = zip(lab(one), lab(other), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def lab(seen: Colour) -> Colour:
    red, green, blue = seen
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, luminance(seen), z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
