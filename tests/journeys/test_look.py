"""Nothing overlaps, nothing is cut off, figures stand in columns: the gallery and each home, in every dress."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GEOMETRY = (HERE / "geometry.js").read_text(encoding="utf-8")
STRUCTURE = HERE / "gallery.json"
ROLES = ["planner", "operator", "leader", "inspector", "engineer", "manager", "admin"]
SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (360, 780)}
UPRIGHT = (768, 1024)
# What a chart or a graph draws inside itself comes later, or not at all without numbers.
OUTLINE = """() => {
  const drawn = (e) => e.parentElement.closest(".chart-area, .graph, [data-chart]");
  const parts = (section) => [...section.querySelectorAll("[class]")].filter((e) => !drawn(e))
    .map((e) => e.classList[0]);
  const known = (section) => [...new Set(parts(section).filter((name) => name && name !== "ti"))].sort();
  return Object.fromEntries([...document.querySelectorAll("main .section")].map(
    (one) => [one.querySelector("h2").innerText, known(one)]));
}"""


def look(visitor, path, width="desk", size=None):
    """What is wrong with a page at a width."""
    size = size or SIZES[width]
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.go(path)
    return visitor.page.evaluate(GEOMETRY)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_home_is_in_order(visit, role, scheme):
    visitor = visit(role, scheme=scheme, language="zh" if scheme == "dark" else "en")

    found = {width: wrong for width in SIZES if (wrong := look(visitor, "/", width=width))}

    assert found == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_path_fits_a_tablet_held_upright(visit, language):
    visitor = visit("engineer", language=language)

    assert look(visitor, "/quality/nonconformances/report/", size=UPRIGHT) == []


@pytest.mark.parametrize("density", ["comfortable", "compact", "tablet", "wall"])
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_gallery_is_in_order(visit, theme, density):
    visitor = visit("admin")

    found = {
        language: wrong
        for language in ("en", "zh-hans")
        if (wrong := look(visitor, f"/design/?theme={theme}&density={density}&language={language}"))
    }

    assert found == {}


@pytest.mark.parametrize("width", ["tablet", "phone"])
def test_the_gallery_fits_smaller_screens(visit, width):
    assert look(visit("admin"), "/design/?theme=light&language=zh-hans", width=width) == []


def test_the_gallery_is_built_as_it_was(visit):
    """After a wanted change: write what this prints to gallery.json."""
    page = visit("admin").page
    page.goto("/design/?theme=light&language=en")

    outline = page.evaluate(OUTLINE)

    assert outline == json.loads(STRUCTURE.read_text(encoding="utf-8")), json.dumps(outline, indent=1)
