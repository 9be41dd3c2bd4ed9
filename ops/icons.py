"""The sheet of icons: only those that the product names, drawn as masks so that they take the colour of their text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from ops.paths import ROOT

FOLDERS = ("templates", "static/js", "plant", "traceability", "qms", "spc", "mes", "integrations", "demo")
KINDS = (".html", ".js", ".py")
NAME = re.compile(r"""["']([a-z][a-z0-9-]*)["']|\bti-([a-z][a-z0-9-]*)""")
HEAD = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23000' stroke-width='2'"
    " stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='"
)
BASE = """.ti{display:inline-block;line-height:1;--icon:var(--icon-point)}
.ti::before{content:"";display:block;width:1em;height:1em;background:currentcolor;print-color-adjust:exact}
.ti::before{mask:var(--icon) center/100% no-repeat}
@media (forced-colors:active){.ti::before{forced-color-adjust:none;background:currentcolor}}
"""
ALWAYS = "point"  # drawn for a name that no icon has


def sheet(drawings: Path) -> str:
    """The style sheet for every icon in use; drawings is the package's file of outlines."""
    outlines = json.loads(drawings.read_text(encoding="utf-8"))
    root = f":root{{--icon-{ALWAYS}:{picture(outlines[ALWAYS])}}}\n"
    return root + BASE + "\n".join(f".ti-{name}{{--icon:{picture(outlines[name])}}}" for name in used(outlines))


def used(known: dict[str, object]) -> list[str]:
    """Every quoted word or ti-… in the sources that is the name of an icon: some too many, none too few."""
    return sorted({word for path in sources() for word in words(path) if word in known})


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)


def words(path: Path) -> Iterator[str]:
    return (quoted or after for quoted, after in NAME.findall(path.read_text(encoding="utf-8")))


def picture(outline: list[list[object]]) -> str:
    """One icon as an address that holds its drawing."""
    lines = "".join(str(attributes["d"]) for _, attributes in outline if isinstance(attributes, dict))
    return f"url(\"data:image/svg+xml,{HEAD}{lines}'/%3E%3C/svg%3E\")"
