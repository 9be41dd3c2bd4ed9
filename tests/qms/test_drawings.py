"""The drawings of causes: every text is in them, escaped, and nothing lies outside."""

import re
from xml.etree import ElementTree

from qms import drawings
from qms.drawings import Cause, Why

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def inside(svg):
    """Whether every text begins within the drawing."""
    root = ElementTree.fromstring(svg)
    width, height = map(float, root.get("viewBox").split()[2:])
    return all(0 <= float(one.get("x")) <= width and 0 <= float(one.get("y")) <= height
               for one in root.iter(f"{SVG}text"))


def test_a_fish_holds_its_effect_bones_and_causes():
    bones = {"Machine": [Cause("Nozzle <worn>", True), Cause("Belt & chain")], "人员": [Cause("夜班新人", is_out=True)]}
    bones |= {"Material": [Cause(f"Paste {n}") for n in range(8)], "Method": [], "Measurement": []}

    svg = drawings.fishbone("Cold joints 虚焊", bones, "Causes")

    found = " ".join(texts(svg))
    assert all(word in found for word in ("Nozzle <worn>", "Belt & chain", "夜班新人", "Paste 7", "Measurement"))
    assert inside(svg)


def test_a_tree_holds_every_why_and_draws_a_line_to_each_below():
    tree = Why("It drifts", below=[Why("Thermocouple ages", below=[Why("No interval", True)]), Why("Fan dusty")])

    svg = drawings.why_tree([("Why it happened", [tree])], "Whys")

    assert texts(svg) == ["Why it happened", "No interval", "Thermocouple ages", "Fan dusty", "It drifts"]
    assert len(re.findall("<path", svg)) == 3
    assert inside(svg)


def test_long_words_and_chinese_are_broken_and_cut():
    assert drawings.wrapped("温度过高导致锡膏塌陷", 60, 13, 2) == ["温度过高", "导致锡…"]
    assert drawings.wrapped("one two three", 40, 13, 9) == ["one", "two", "three"]
