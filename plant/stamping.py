"""A file as it is shown: every page carries who looks at it and when, and a word across it where it does not count."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from plant.uploads import UploadRefused

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
TEMPLATE = Path(settings.BASE_DIR) / "templates" / "print" / "stamped.typ"
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
PDF = "application/pdf"
MOST_PAGES = 500
PER_INCH = 110
Form = Literal["pdf", "png"]


def can(media_type: str) -> bool:
    """Whether files of a type can be shown so."""
    return media_type == PDF or media_type in PICTURES


def stamped(data: bytes, media_type: str, pages: int, *, mark: str, across: str = "") -> bytes:
    """The pages of a PDF, or a picture as one page, as a PDF with the mark at the foot and all over."""
    return _drawn(data, media_type, list(range(1, pages + 1)), mark, across)


def drawn_page(data: bytes, media_type: str, page: int, *, mark: str, across: str = "") -> bytes:
    """One such page as a picture (PNG)."""
    return _drawn(data, media_type, [page], mark, across, form="png")


def count(data: bytes, media_type: str) -> int:
    """How many pages a file has. UploadRefused: it can't be read."""
    if media_type != PDF:
        return 1
    if not _has(data, 1):
        raise UploadRefused(_("This PDF can't be read: it is damaged or locked with a password. Save it anew."))
    low, high = 1, 2
    while high <= MOST_PAGES and _has(data, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _has(data, middle) else (low, middle)
    return low


def _has(data: bytes, page: int) -> bool:
    try:
        _drawn(data, PDF, [page], "", "")
    except typst.TypstError:
        return False
    return True


def _drawn(data: bytes, media_type: str, pages: list[int], mark: str, across: str, form: Form = "pdf") -> bytes:
    name = f"file.{PICTURES.get(media_type, 'pdf')}"
    told = json.dumps({"file": name, "pages": pages, "mark": mark, "across": across}, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        main = Path(folder) / "main.typ"
        main.write_bytes(_template())
        made = typst.compile(
            main, root=Path(folder), font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"data": told},
            format=form, ppi=PER_INCH,
        )
    return bytes(made if isinstance(made, bytes) else made[0])


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
