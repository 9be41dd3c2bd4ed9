"""Serving a stored file whole or in part (RFC 9110, 14): a player asks for the part of a film that it shows next."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# A part is at most this long; a player asks for the next one. So no worker waits for a film to be watched.
MOST = 4_000_000
CHUNK = 64 * 1024
ALONE = "default-src 'none'; sandbox"  # the content policy of a file that people sent: it runs nothing and asks nobody


class OutOfReach(Exception):
    """A part that the file does not have."""


def asked(header: str, size: int) -> range | None:
    """The bytes that a Range header asks for; None stands for the whole file, also for what is no single range."""
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(size - int(last), 0)
    end = int(last) + 1 if first and last else size
    if start >= size:
        raise OutOfReach
    return range(start, min(end, size, start + MOST))


def answer(request: HttpRequest, path: Path, *, media_type: str, name: str, etag: str) -> HttpResponseBase:
    """A file to look at: whole (200), the part that was asked for (206), or none such (416)."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Http404(_("The file is not in this plant's store. Ask the administrator for the backup.")) from error
    header, tag = request.headers.get("Range", ""), f'"{etag}"'
    is_same = request.headers.get("If-Range", tag) == tag
    try:
        part = asked(header, size) if is_same else None
    except OutOfReach:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    response = _whole(path, name, media_type) if part is None else _part(path, part, size, media_type)
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _whole(path: Path, name: str, media_type: str) -> HttpResponseBase:
    return FileResponse(path.open("rb"), filename=name, content_type=media_type)


def _part(path: Path, part: range, size: int, media_type: str) -> HttpResponseBase:
    headers = {"Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}", "Content-Length": str(len(part))}
    return StreamingHttpResponse(_chunks(path, part), status=206, content_type=media_type, headers=headers)


def _chunks(path: Path, part: range) -> Iterator[bytes]:
    with path.open("rb") as stored:
        stored.seek(part.start)
        for at in range(part.start, part.stop, CHUNK):
            yield stored.read(min(CHUNK, part.stop - at))
