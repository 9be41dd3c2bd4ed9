"""Pages are made of components: what a template may not hold, and which few draw a frame of their own."""

import re

import pytest

from tests.architecture.house import ROOT

TEMPLATES = ROOT / "templates"
# Frames and parts of the shell, the tablet, the walls and the lists: they have a style sheet of their own.
FRAMES = (
    "components/", "shell/", "admin/", "unfold/", "registration/", "errors/", "lists/", "base.html", "tablet.html",
    "wall.html", "mes/station/", "mes/wall/", "plant/inbox", "plant/talk/", "plant/preferences", "plant/help",
    "plant/remote",
)
CLASS = re.compile(r'\bclass="([^"]*)"')
INLINE = re.compile(r"\bstyle=|<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\bon[a-z]+=\"")
DYNAMIC = re.compile(r"[\w-]*(\{[{%][^}]*[%}]\})[\w-]*")
# Django doubles a percent sign in such a text and never takes the second one away.
PERCENT = re.compile(r"""_\((["'])[^"']*%[^"']*\1\)""")
# What stands here is to become fewer: a page that still draws something itself.
STILL_OWN = {
    "qms/inspection/item.html",
    "traceability/lot/detail.html", "traceability/lot/values.html",
    "traceability/label/page.html", "design/forms.html", "plant/role/list.html",
}


def pages():
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")


def test_pages_use_components_and_no_class_of_their_own():
    own = {name for name, text in pages() if CLASS.search(text) and not name.startswith(FRAMES)}
    assert own - STILL_OWN == set()


def test_no_template_holds_a_style_or_a_script_of_its_own():
    held = {name for name, text in pages() if INLINE.search(text) and not name.startswith(("admin/", "unfold/"))}
    assert held == set()


@pytest.fixture(scope="module")
def styled():
    sheets = (ROOT / "static" / "css").glob("*.css")
    text = "".join(path.read_text(encoding="utf-8") for path in sheets)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", text))


def test_every_class_has_a_rule(styled):
    used = {
        (name, word)
        for name, text in pages()
        if not name.startswith(("admin/", "unfold/"))
        for found in CLASS.findall(text)
        for word in DYNAMIC.sub(" ", found).split()
        if not word.startswith("ti")
    }
    assert {one for one in used if one[1] not in styled} == set()


def test_no_text_handed_to_a_component_holds_a_percent_sign():
    assert {name for name, text in pages() if PERCENT.search(text)} == set()
