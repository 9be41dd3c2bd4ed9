"""Keeping drawings and placing numbered balloons on them."""

import hashlib
import io
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import File
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image

from plant import files, policies, uploads
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Person
from plant.transactions import command
from plant.uploads import UploadRefused
from qms.models import Balloon, Characteristic, Drawing

PAGE = ".p{}"  # of a file, the picture of a page
MOST_PAGES = 20
POINTS_AN_INCH = 110
SHEET = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.pdf", page: {})'


class DrawingRefused(Refusal):
    """A drawing or a balloon that can't be kept so."""

    code = "drawing-refused"


@command
def keep(
    *, code: str, revision: str, title: str, material: MaterialDefinition, file: "File[Any]", by: Person, at: datetime
) -> Drawing:
    """Keep a revision of a drawing; the balloons of the one before are carried over. UploadRefused: no drawing."""
    policies.check(by, "drawing.edit")
    code, revision = code.strip(), revision.strip()
    if Drawing.objects.filter(code=code, revision=revision).exists():
        message = _("There is a drawing %(code)s %(revision)s already. Give the new one its own revision.")
        raise DrawingRefused(message % {"code": code, "revision": revision}, facts={"field": "revision"})
    upload, pages = judged(file)
    key = files.new_key()
    files.store(key, upload.data)
    for number, picture in enumerate(pages, start=1):
        files.store(key + PAGE.format(number), picture)
    drawing = Drawing.objects.create(
        code=code, revision=revision, title=title.strip() or code, material=material, name=upload.name,
        media_type=upload.media_type, size=len(upload.data), sha256=hashlib.sha256(upload.data).hexdigest(), key=key,
        pages=[size_of(picture) for picture in pages], by=by, at=at,
    )
    carried = carry(drawing)
    data = {"file": upload.name, "sha256": drawing.sha256, "balloons": carried}
    journal.record("drawing.created", subject=drawing, by=by, data=data)
    return drawing


def judged(file: "File[Any]") -> tuple[uploads.Upload, list[bytes]]:
    """A file that is a drawing, and the picture of each of its pages."""
    if file.size > settings.UPLOAD_MEGABYTES * 1_000_000:
        message = _("The file has more than %(most)s MB. Make it smaller.")
        raise UploadRefused(message % {"most": settings.UPLOAD_MEGABYTES})
    upload = uploads.judge(file.name or "", file.read())
    if upload.media_type.startswith("image/"):
        return upload, [upload.data]
    if upload.media_type != "application/pdf":
        raise UploadRefused(_("A drawing is a picture or a PDF."))
    return upload, drawn(upload.data)


def drawn(document: bytes) -> list[bytes]:
    """The pages of a PDF as pictures, up to MOST_PAGES."""
    found: list[bytes] = []
    with TemporaryDirectory() as folder:
        (Path(folder) / "drawing.pdf").write_bytes(document)
        sheet = Path(folder) / "sheet.typ"
        while len(found) < MOST_PAGES:
            sheet.write_text(SHEET.format(len(found) + 1))
            try:
                found.append(typst.compile(sheet, format="png", ppi=POINTS_AN_INCH))
            except typst.TypstError as error:
                if found:
                    break
                raise UploadRefused(_("This PDF can't be drawn. Save it anew, or send a picture of it.")) from error
    return found


def size_of(picture: bytes) -> list[int]:
    """Width and height."""
    with Image.open(io.BytesIO(picture)) as found:
        return [found.width, found.height]


def carry(drawing: Drawing) -> int:
    """Place the balloons of the revision before where they stood; how many."""
    former = Drawing.objects.filter(code=drawing.code).exclude(pk=drawing.pk).order_by("-at", "-pk").first()
    if former is None:
        return 0
    rows = former.balloons.filter(page__lte=len(drawing.pages))
    names = ("number", "page", "x", "y", "characteristic_id", "requirement")
    made = [Balloon(drawing=drawing, **{name: getattr(one, name) for name in names}) for one in rows]
    return len(Balloon.objects.bulk_create(made))


@command
def place(
    *, drawing: Drawing, page: int, x: float, y: float, by: Person, at: datetime,
    characteristic: Characteristic | None = None, requirement: str = "",
) -> Balloon:
    """Put the next number on a drawing."""
    policies.check(by, "drawing.edit", drawing=str(drawing))
    found = lock(Drawing.objects.filter(pk=drawing.pk))[0]
    if characteristic is None and not requirement.strip():
        message = _("Choose the characteristic that stands there, or write the requirement.")
        raise DrawingRefused(message, facts={"field": "characteristic"})
    check_spot(found, page, x, y)
    last = found.balloons.aggregate(top=Max("number"))["top"] or 0
    balloon = Balloon.objects.create(
        drawing=found, number=last + 1, page=page, x=x, y=y, characteristic=characteristic,
        requirement=requirement.strip(),
    )
    data = {"number": balloon.number, "characteristic": characteristic.code if characteristic else "", "at": at}
    journal.record("drawing.balloon-placed", subject=found, by=by, data=data)
    return balloon


def check_spot(drawing: Drawing, page: int, x: float, y: float) -> None:
    """Refuse a spot that is not on the drawing."""
    if not 1 <= page <= len(drawing.pages) or not (0 <= x <= 1 and 0 <= y <= 1):
        raise DrawingRefused(_("This spot is not on the drawing. Click on the drawing itself."))


@command
def move(*, balloon: Balloon, page: int, x: float, y: float, by: Person, at: datetime) -> Balloon:
    """Put a balloon elsewhere."""
    policies.check(by, "drawing.edit", balloon=str(balloon))
    drawing = lock(Drawing.objects.filter(pk=balloon.drawing_id))[0]
    check_spot(drawing, page, x, y)
    Balloon.objects.filter(pk=balloon.pk).update(page=page, x=x, y=y)
    journal.record("drawing.balloon-moved", subject=drawing, by=by, data={"number": balloon.number, "at": at})
    balloon.refresh_from_db()
    return balloon


@command
def remove(*, balloon: Balloon, by: Person, at: datetime) -> None:
    """Take a balloon away; its number is not given again on this drawing while a higher one stands."""
    policies.check(by, "drawing.edit", balloon=str(balloon))
    drawing = lock(Drawing.objects.filter(pk=balloon.drawing_id))[0]
    number = balloon.number
    balloon.delete()
    journal.record("drawing.balloon-removed", subject=drawing, by=by, data={"number": number, "at": at})
