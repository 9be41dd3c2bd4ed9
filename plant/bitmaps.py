"""Text as a bitmap, for printers that have no Chinese letters of their own: ZPL's ^GFA field. Pure but for the font.

Source: Zebra Programming Guide, ^GF (graphic field), ASCII hexadecimal, a row of bytes after the other, 1 = black.
"""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"


def line(words: str, *, height: int, room: int) -> Image.Image:
    """One line of text in black and white, so many dots high; it shrinks until it fits into the room."""
    for size in range(round(height * 0.8), 7, -1):
        width = round(_font(size).getlength(words)) + 2
        if width <= room:
            break
    image = Image.new("1", (max(min(width, room), 1), height), 0)
    ImageDraw.Draw(image).text((1, height * 0.78), words, font=_font(size), fill=1, anchor="ls")
    return image


def graphic_field(image: Image.Image) -> str:
    """A black and white picture as ^GFA…^FS."""
    data = image.tobytes()
    a_row = (image.width + 7) // 8
    return f"^GFA,{len(data)},{len(data)},{a_row},{data.hex().upper()}^FS"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
