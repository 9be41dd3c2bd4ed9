"""A drawing that the demonstration plant shows at a station: the order in which six screws are driven."""

import io
from dataclasses import asdict

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from mes.commands import instructions
from mes.models import InstructionMedia, Segment

SIZE, RADIUS = (960, 640), 46
PLATE, INK, STEEL, ARROW = "#dfe6ee", "#17212b", "#5b6b7c", "#b3571a"
# Where each screw sits, in the order in which they are driven: crosswise, from the middle.
SCREWS = [(480, 150), (480, 490), (180, 150), (780, 490), (780, 150), (180, 490)]


def screw_order() -> bytes:
    """The drawing as PNG."""
    picture = Image.new("RGB", SIZE, "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(44)
    pen.rounded_rectangle((70, 50, 890, 590), 36, fill=PLATE, outline=INK, width=6)
    pen.line(SCREWS, fill=ARROW, width=7)
    for number, (x, y) in enumerate(SCREWS, 1):
        pen.ellipse((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), fill="white", outline=STEEL, width=9)
        pen.text((x, y), str(number), fill=INK, font=font, anchor="mm")
    into = io.BytesIO()
    picture.save(into, "PNG")
    return into.getvalue()


def show(segment: Segment) -> None:
    """Lay the drawing beside an operation."""
    taken = instructions.take(ContentFile(screw_order(), name="screws.png"))
    InstructionMedia.objects.create(segment=segment, title="Order of the screws 螺丝锁付顺序", **asdict(taken))
