"""A list as a download: exactly the rows that the filters leave, in the columns and the order on the screen."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.lists import progress, reading, sheets
from plant.lists.asked import Asked
from plant.lists.description import Column, Listing, Viewer
from plant.lists.looks import Plain
from plant.queries import saved_views

KINDS = frozenset(sheets.MIMES)
LONGEST_TOKEN = 64


class TooLong(Refusal):
    """More rows than a sheet of Excel has."""

    code = "too-many-rows"


def download(request: HttpRequest, listing: Listing, asked: Asked, viewer: Viewer) -> HttpResponse:
    """Stream the file; a page that gave a token may ask meanwhile how far it is."""
    kind, token = request.GET["format"], request.GET.get("token", "")[:LONGEST_TOKEN]
    remembered = [] if asked.columns else saved_views.columns(viewer.person, listing.key)
    columns = reading.shown(listing, asked, remembered)
    total = reading.count(reading.select(listing, asked, viewer), most=None)
    if kind == "xlsx" and total >= sheets.MOST_ROWS:
        words = _("%(rows)s rows are more than a sheet of Excel holds. Narrow the list, or take the CSV file.")
        raise TooLong(words % {"rows": total}, facts={"rows": total})
    heads = [word for column in columns for word in column.look.heads(str(column.label))]
    rows = _cells(listing, asked, viewer, columns, token)
    writer = sheets.as_csv if kind == "csv" else partial(sheets.as_xlsx, str(listing.title))
    answer = StreamingHttpResponse(writer(heads, rows), content_type=sheets.MIMES[kind])
    name = f"{listing.title} {timezone.localtime(viewer.at):%Y-%m-%d %H%M}.{kind}"
    answer["Content-Disposition"] = f"attachment; filename=\"{listing.key}.{kind}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Rows"] = str(total)
    return answer


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Plain]]) -> StreamingHttpResponse:
    """A small table of another page as a download."""
    answer = StreamingHttpResponse(sheets.as_csv(head, rows), content_type=sheets.MIMES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def table_file(
    kind: str, name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Plain]]
) -> StreamingHttpResponse:
    """A table of another page as a download, in either form; its rows are made before anything is sent."""
    made = list(rows)
    parts = sheets.as_csv(head, made) if kind == "csv" else sheets.as_xlsx(title, head, made)
    answer = StreamingHttpResponse(parts, content_type=sheets.MIMES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def moment(at: datetime | None) -> datetime | None:
    """A moment on the plant's clock."""
    return timezone.localtime(at).replace(tzinfo=None) if at else None


def _cells(
    listing: Listing, asked: Asked, viewer: Viewer, columns: Sequence[Column], token: str
) -> Iterator[list[Plain]]:
    """The cells of every row; words stay in the language of the page, however late they are asked for."""
    language, done = translation.get_language(), 0
    batches = reading.every(listing, asked, viewer)
    while True:
        with translation.override(language):
            batch = next(batches, None)
            drawn = [[cell for one in columns for cell in one.look.plain(one.of(row), row)] for row in batch or ()]
        if batch is None:
            break
        yield from drawn
        done += len(drawn)
        if token:
            progress.note(viewer.person.pk, token, done)
