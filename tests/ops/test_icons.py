"""Only the icons in use reach the browser, and each name that a template uses is one."""

import json
import re

from ops import icons
from ops.frontend import MODULES
from ops.paths import ROOT

DRAWINGS = MODULES / "@tabler" / "icons" / "tabler-nodes-outline.json"
NAMED = re.compile(r"""\bicon="([a-z0-9-]+)"|\bti-([a-z0-9-]+)(?=["' ])|\{% icon "([a-z0-9-]+)\"""")


def test_every_name_in_a_template_is_an_icon():
    known = set(json.loads(DRAWINGS.read_text()))
    named = {
        (path.name, name)
        for path in (ROOT / "templates").rglob("*.html")
        for found in NAMED.findall(path.read_text())
        for name in found
        if name
    }
    assert {one for one in named if one[1] not in known} == set()


def test_the_sheet_holds_what_is_used_and_little_else():
    outlines = json.loads(DRAWINGS.read_text())
    used = icons.used(outlines)
    assert {"hand-stop", "circle-check", "barcode"} <= set(used)
    assert len(used) < len(outlines) / 10


def test_an_icon_takes_the_colour_of_its_text():
    sheet = icons.sheet(DRAWINGS)
    assert "background:currentcolor" in sheet
    assert ".ti-hand-stop{--icon:url(" in sheet
