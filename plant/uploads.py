"""Judging a file that somebody wants to lay beside a thing: what its bytes are, not what its name says."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from plant.errors import Refusal

MOST_PIXELS = 40_000_000
MOST_UNPACKED = 200_000_000
PREVIEW = (320, 320)
LONGEST_NAME = 120
IMAGES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
OFFICE = {
    ".xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
TEXTS = {".txt": "text/plain", ".csv": "text/csv"}
ALLOWED = (*IMAGES, ".pdf", *OFFICE, *TEXTS)
UNSEEN = re.compile(r"[\\/:*?\"<>|]")


class UploadRefused(Refusal):
    """A file that can't be kept."""

    code = "upload-refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: a safe name, its true type, its bytes, and for a picture a small one (WebP)."""

    name: str
    media_type: str
    data: bytes
    preview: bytes = b""


def judge(name: str, data: bytes) -> Upload:
    """Take a file for what its bytes are. Pictures are drawn anew: nothing hidden in them (EXIF, code) stays."""
    safe = safe_name(name)
    ending = PurePath(safe).suffix.lower()
    if not data:
        raise UploadRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": safe})
    if ending in IMAGES:
        return picture(safe, IMAGES[ending], data)
    if ending in OFFICE and is_office(data, OFFICE[ending][0]):
        return Upload(safe, OFFICE[ending][1], data)
    if ending == ".pdf" and data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]:
        return Upload(safe, "application/pdf", data)
    if ending in TEXTS and is_text(data):
        return Upload(safe, TEXTS[ending], data)
    raise UploadRefused(
        _("“%(name)s” is not a file of a kind that can be kept. Possible: %(kinds)s.")
        % {"name": safe, "kinds": ", ".join(kind.removeprefix(".") for kind in ALLOWED)}
    )


def safe_name(name: str) -> str:
    """The last part of a name, without what can't be seen or leads elsewhere; its ending is kept when it is cut."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    plain = UNSEEN.sub("_", seen).strip(" .") or "file"
    suffix = PurePath(plain).suffix[:10]
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(suffix)] + suffix


def picture(name: str, format_name: str, data: bytes) -> Upload:
    """Draw a picture anew, upright, and small once more."""
    try:
        with Image.open(io.BytesIO(data), formats=[format_name]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise UploadRefused(
                    _("“%(name)s” has more than %(most)s million points. Make it smaller.")
                    % {"name": name, "most": MOST_PIXELS // 1_000_000}
                )
            drawn = ImageOps.exif_transpose(found).convert("RGB" if format_name == "JPEG" else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UploadRefused(_("“%(name)s” is not a picture that can be read.") % {"name": name}) from error
    small = drawn.copy()
    small.thumbnail(PREVIEW)
    return Upload(name, Image.MIME[format_name], encoded(drawn, format_name), encoded(small, "WEBP"))


def encoded(picture: Image.Image, format_name: str) -> bytes:
    """The picture's points and nothing else."""
    into = io.BytesIO()
    picture.info.clear()
    picture.save(into, format_name, quality=88)
    return into.getvalue()


def is_office(data: bytes, folder: str) -> bool:
    """Whether it is a workbook or document without macros that does not unpack into something monstrous."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    has_macros = any("vbaproject" in name.lower() for name in names)
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not has_macros and (
        size <= MOST_UNPACKED
    )


def is_text(data: bytes) -> bool:
    """Whether it is text in UTF-8 without control characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in text)
