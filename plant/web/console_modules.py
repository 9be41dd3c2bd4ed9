"""The page of the product's parts: which are on, what each needs, and where that is set."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plant import modules
from plant.permissions import ACTIONS
from plant.web.access import needs


@require_safe
@needs("health.read")
def page(request: HttpRequest) -> HttpResponse:
    """Every part, in the console's frame."""
    context = {
        **admin.site.each_context(request), "title": _("Parts of the product"), "parts": parts(),
        "setting": ",".join(settings.MODULES_OFF), "names": ",".join(modules.MODULES),
        "unknown": [name for name in settings.MODULES_OFF if name not in modules.MODULES],
    }
    return render(request, "admin/console/modules.html", context)


def parts() -> list[dict[str, object]]:
    """Each part with what it needs, what needs it, and why it is off where it is."""
    gone = modules.off()
    return [
        {
            "name": name, "title": part.title, "is_on": name not in gone,
            "because": modules.MODULES[gone[name]].title if gone.get(name, name) != name else "",
            "needs": [modules.MODULES[one].title for one in sorted(part.needs)],
            "serves": [other.title for other in modules.MODULES.values() if name in other.needs],
            "acts": sum(action.partition(".")[0] in part.nouns for action in ACTIONS),
        }
        for name, part in modules.MODULES.items()
    ]
