"""Help: no page without it in either language, no link in it that leads nowhere, error pages that say what to do."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override

from plant import helping, markdown, tours
from plant.models import Role
from plant.web import errors
from tests import factories

LANGUAGES = ("en", "zh-hans")
GUIDES = {
    "planner", "operator", "team-leader", "inspector", "quality-engineer", "manager", "administrator", "integrator",
    "warehouse", "maintenance",
}
# What is no page with a frame: parts of pages, files, signing in, screens without hands, addresses that only act.
NO_PAGE = re.compile(
    r"panel|figures|talk|\.(json|svg|zpl|js|webmanifest|csv|xlsx|pdf|pem|zip)|healthz|readyz|metrics|^(admin|console|api|screen|answer|public)|"
    r":(palette|inbox-bell|login|outside|outside-answer|second-step|logout|offline|label|label-file|lot-short|station-worker|app|"
    r"lock|series|health-now|ready-inspections?|import-(corrections|progress|template))$|"
    r":[a-z-]+-(judge|alarms|state|chart|media)$"
)
LINK = re.compile(r"\]\((/[^)]*)\)")


def named(patterns, space=""):
    """(full name, route, view) of every address of the product's rooms."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name and space:
            yield f"{space}:{pattern.name}", str(pattern.pattern), pattern.callback


def takes_only_posts(view):
    """Whether a view refuses to be looked at (require_POST somewhere around it)."""
    while view is not None:
        cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
        if ["POST"] in cells or ("POST",) in cells:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def pages():
    found = named(get_resolver().url_patterns)
    return sorted({
        name for name, route, view in found
        if not NO_PAGE.search(name) and not NO_PAGE.search(route) and not takes_only_posts(view)
    })


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_without_help(language):
    with override(language):
        known = {topic.name for topic in helping.topics()}

    assert [name for name in pages() if name not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_says_what_to_do_what_colours_mean_and_what_goes_wrong(language):
    with override(language):
        short = [topic.name for topic in helping.topics() if topic.text.count("\n## ") < 3 or not topic.first_words]

    assert short == []


def test_both_languages_hold_the_same_texts():
    for root in ("help", "docs/user"):
        folders = [Path(settings.BASE_DIR) / root / language for language in ("en", "zh")]
        assert [path.name for path in sorted(folders[0].glob("*.md"))] == [
            path.name for path in sorted(folders[1].glob("*.md"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_help_guides_and_glossary_lead_to_pages(language):
    with override(language):
        texts = [topic.text for topic in [*helping.topics(), *helping.guides()]]
    urls = {url for text in texts for url in LINK.findall(text)} | {term.url for term in helping.terms() if term.url}

    for url in urls:
        assert resolve(url), url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_of_the_plant_has_its_guide(language):
    with override(language):
        assert {guide.name for guide in helping.guides()} == GUIDES


def test_no_term_stands_twice_in_the_glossary():
    words = [term.en for term in helping.terms()]

    assert len(words) == len(set(words)) > 60


@pytest.mark.parametrize("role", Role.values)
def test_a_tour_has_three_to_five_steps(role):
    assert 3 <= len(tours.STEPS.get(role, tours.ANYBODY)) <= 5


@pytest.mark.parametrize(("text", "html"), [
    ("# A\n\nb **c** `d`", "<h2>A</h2>\n<p>b <strong>c</strong> <kbd>d</kbd></p>"),
    ("- one\n  more\n- two", "<ul><li>one more</li><li>two</li></ul>"),
    ("1. x\n2. y", "<ol><li>x</li><li>y</li></ol>"),
    ("[in](/x/) [out](https://e.example/)", '<p><a href="/x/">in</a> out</p>'),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
])
def test_markdown_becomes_html_and_nothing_else(text, html):
    assert markdown.render(text) == html


def signed_in(language="en"):
    client = Client()
    client.force_login(factories.person("ME", Role.PLANNER, language=language))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/", "/help/?q=hold", "/help/?q=zzz", "/help/mes:dispatch/", "/glossary/",
                                  "/glossary/?q=lot", "/help/roles/planner/", "/preferences/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_drawn_in_both_languages(path, language):
    assert signed_in(language).get(path).status_code == 200


@pytest.mark.django_db
def test_the_drawer_gets_the_text_alone():
    answer = signed_in().get(reverse("plant:help-topic", args=["mes:dispatch"]), headers={"HX-Request": "true"})

    assert "<h3>Dispatch</h3>" in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.django_db
def test_the_first_walk_is_shown_until_it_was_seen():
    client = signed_in()
    assert 'id="tour-steps"' in client.get("/").content.decode()

    client.post("/preferences/", {"name": "tour", "value": "seen"})

    assert 'id="tour-steps"' not in client.get("/").content.decode()


@pytest.mark.django_db
def test_help_is_found_by_the_search():
    hits = signed_in().get("/search/?q=dispatch&format=json").json()["results"]

    assert "/help/mes:dispatch/" in {hit["url"] for hit in hits}


@pytest.mark.parametrize("view", ["too_large", "too_many", "form_is_old", "offline"])
def test_error_pages_say_what_to_do(view):
    request = RequestFactory().post("/x/")
    answer = {
        "too_large": lambda: errors.bad_request(request, RequestDataTooBig()),
        "too_many": lambda: errors.too_many(request),
        "form_is_old": lambda: errors.form_is_old(request), "offline": lambda: errors.offline(request),
    }[view]()

    status = {"too_large": 413, "too_many": 429, "form_is_old": 403, "offline": 200}[view]
    assert (answer.status_code, "alert-do" in answer.content.decode()) == (status, True)
