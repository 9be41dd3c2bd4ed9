"""The files that show how an operation is done, for whoever may read routings; at the station and in the library."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from mes.queries import instructions
from plant import files
from plant.web import ranges
from plant.web.access import needs


@require_safe
@needs("golden.read")
def media(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture, a document or a film; of a film also a part."""
    found = instructions.by_id(pk)
    if found is None:
        raise Http404
    told = {"media_type": found.media_type, "name": found.name, "etag": found.sha256}
    response = ranges.answer(request, files.path_of(found.key), **told)
    if found.is_picture or found.is_film:  # the browser's own viewer of documents does not run in a sandbox
        response["Content-Security-Policy"] = ranges.ALONE
    return response
