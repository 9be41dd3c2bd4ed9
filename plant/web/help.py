"""Help on the screen: the drawer of a page, every topic, the guide of a role, the words of the plant."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plant import helping
from plant.queries import palette as offering
from plant.web import refusals
from plant.web.access import needs


@needs("home.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every topic, or those that speak of something."""
    text = request.GET.get("q", "").strip()
    found = helping.find(text) if text else helping.topics()
    mine = {role.lower().replace("_", "-") for role in request.user.roles}
    guides = sorted(helping.guides(), key=lambda guide: guide.name not in mine)
    return render(request, "plant/help/index.html", {"topics": found, "guides": guides, "mine": mine, "text": text})


@needs("home.view")
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """The help of one page: in its drawer, or as a page of its own."""
    found = helping.topic(name)
    if found is None:
        raise Http404
    page = "plant/help/drawer.html" if refusals.is_htmx(request) else "plant/help/topic.html"
    return render(request, page, {"topic": found})


@needs("home.view")
def guide(request: HttpRequest, role: str) -> HttpResponse:
    """The guide of one role."""
    found = helping.guide(role)
    if found is None:
        raise Http404
    return render(request, "plant/help/topic.html", {"topic": found})


@needs("home.view")
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the plant in both languages."""
    text = request.GET.get("q", "").strip().lower()
    is_chinese = get_language() == "zh-hans"
    found = [term for term in helping.terms() if text in term.words]
    terms = sorted(found, key=lambda term: term.en.lower())
    return render(request, "plant/help/glossary.html", {"terms": terms, "is_chinese": is_chinese, "text": text})


@needs("search.use")
def palette(request: HttpRequest) -> HttpResponse:
    """What the palette offers before anything is searched."""
    return JsonResponse({"lines": offering.offered(request.user)})
