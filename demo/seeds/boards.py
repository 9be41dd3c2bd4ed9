"""The drawing of the bare board: what is measured stands at its balloon, what was found stands where it was seen."""

import io
from datetime import datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from demo.data import ground
from plant.commands import signatures
from plant.models import MaterialDefinition, Person, ReasonCode
from qms.commands import defect_marks, drawings, first_articles
from qms.models import Characteristic, Drawing, Inspection, InspectionItem
from qms.queries import drawings as reading

SIZE = (1400, 900)
PAPER, INK, MASK, COPPER, THIN = "#ffffff", "#17212b", "#d7e8dc", "#b9783a", "#5b6b7c"
BOARD = (150, 120, 910, 620)
HOLES = [(200, 170), (860, 170), (200, 570), (860, 570)]
# characteristic, from the left, from the top: the thickness in the section, the look of either side
BALLOONS = [("D-PCB", 0.80, 0.23), ("L-PCB", 0.16, 0.55), ("L-PCB", 0.695, 0.55)]
SCRATCH = (Decimal("43.5"), Decimal("31.2"))  # percent of the page: over the connector


def picture() -> bytes:
    """The drawing as PNG: the board from above, its section, the title block."""
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    small, large = ImageFont.load_default(22), ImageFont.load_default(30)
    pen.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=INK, width=3)
    above(pen, small)
    section(pen, small)
    pen.rectangle((880, 740, 1380, 880), outline=INK, width=3)
    for x, y, text, font in (
        (900, 755, "PCB-100  Bare board", large), (900, 800, "DW-PCB-100   Rev B   1:1   mm", small),
        (900, 835, "FR4, 4 layers, HASL, IPC-6012 class 2", small),
    ):
        pen.text((x, y), text, fill=INK, font=font)
    into = io.BytesIO()
    sheet.save(into, "PNG")
    return into.getvalue()


def above(pen: ImageDraw.ImageDraw, font: ImageFont.ImageFont) -> None:
    """The side with the parts, with its length and width."""
    left, top, right, bottom = BOARD
    pen.rounded_rectangle(BOARD, 24, fill=MASK, outline=INK, width=4)
    for x, y in HOLES:
        pen.ellipse((x - 20, y - 20, x + 20, y + 20), fill=PAPER, outline=INK, width=3)
    for place in range(16):  # the connector at the upper edge
        pen.rectangle((400 + place * 18, 200, 410 + place * 18, 250), fill=COPPER)
    pen.rectangle((420, 360, 580, 520), outline=COPPER, width=4)
    for place in range(8):  # the processor's pads
        pen.rectangle((400, 375 + place * 18, 416, 385 + place * 18), fill=COPPER)
        pen.rectangle((584, 375 + place * 18, 600, 385 + place * 18), fill=COPPER)
    pen.line((left, 680, right, 680), fill=THIN, width=2)
    pen.line((left, bottom + 10, left, 690), fill=THIN, width=2)
    pen.line((right, bottom + 10, right, 690), fill=THIN, width=2)
    pen.text(((left + right) / 2, 690), "152.0 ±0.2", fill=INK, font=font, anchor="ma")
    pen.line((128, top, 128, bottom), fill=THIN, width=2)
    pen.text((118, (top + bottom) / 2), "100.0", fill=INK, font=font, anchor="rm")


def section(pen: ImageDraw.ImageDraw, font: ImageFont.ImageFont) -> None:
    """The section, with the thickness that incoming inspection measures."""
    pen.text((1150, 120), "A-A  10:1", fill=INK, font=font, anchor="ma")
    pen.rectangle((1020, 280, 1300, 340), fill=MASK, outline=INK, width=3)
    for y in (280, 300, 320, 340):
        pen.line((1020, y, 1300, y), fill=COPPER, width=4)
    pen.line((1340, 280, 1340, 340), fill=THIN, width=2)
    pen.text((1160, 355), "1.60 ±0.10", fill=INK, font=font, anchor="ma")
    pen.text((1020, 480), "Surface: no scratch through", fill=INK, font=font)
    pen.text((1020, 508), "the mask, no bare copper", fill=INK, font=font)


def keep(by: Person, at: datetime) -> Drawing:
    """The drawing with its balloons."""
    made = drawings.keep(
        code="DW-PCB-100", revision="B", title="Bare board 裸板",
        material=MaterialDefinition.objects.get(code="PCB-100"), file=ContentFile(picture(), name="DW-PCB-100-B.png"),
        by=by, at=at,
    )
    for code, x, y in BALLOONS:
        one = Characteristic.objects.get(code=code)
        drawings.place(drawing=made, page=1, x=x, y=y, characteristic=one, by=by, at=at)
    return made


def mark(item: InspectionItem, reason: ReasonCode, by: Person, at: datetime) -> None:
    """Where the scratch was seen."""
    x, y = SCRATCH
    defect_marks.place(
        inspection=item.inspection, item=item, reason=reason, drawing=Drawing.objects.get(code="DW-PCB-100"), page=1,
        x=x, y=y, by=by, at=at,
    )


def sign(task: Inspection, by: Person, at: datetime) -> None:
    """The report of the first article, signed by somebody who measured nothing."""
    drawing = Drawing.objects.get(code="DW-PCB-100")
    content = reading.first_article(task, drawing).content
    first_articles.sign(
        inspection=task, drawing=drawing, reason="First lot of this revision 本版首批", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(content), by=by, at=at,
    )
