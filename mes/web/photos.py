"""Answering with a picture that was taken on the floor: alone, without scripts, from where its bytes are kept."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from plant import files
from plant.web import ranges


def answer(request: HttpRequest, found: Any) -> HttpResponseBase:
    """The bytes of a kept value with a picture, or nothing found."""
    if found is None:
        raise Http404
    told = {"media_type": found.media_type, "name": found.text, "etag": found.sha256}
    response = ranges.answer(request, files.path_of(found.key), **told)
    response["Content-Security-Policy"] = ranges.ALONE
    return response
