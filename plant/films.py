"""Judging a film by its bytes, without decoding it: an MP4 with H.264, or a WebM, which every tablet plays."""

from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from plant.uploads import UploadRefused

ENDINGS = (".mp4", ".m4v", ".webm")
EBML = b"\x1a\x45\xdf\xa3"
WEBM_DOCUMENT = b"\x42\x82\x84webm"
H264 = {b"avc1", b"avc3"}
# The way to the kinds of coding in an MP4 (ISO/IEC 14496-12, boxes within boxes).
TO_CODINGS = (b"trak", b"mdia", b"minf", b"stbl", b"stsd")
STSD_HEAD = 8  # version, flags and the number of entries
MOST_BOXES = 10_000

Box = tuple[bytes, int, int]  # kind, where its content begins, where it ends


def is_named_film(name: str) -> bool:
    """Whether a name says that it is a film."""
    return PurePath(name).suffix.lower() in ENDINGS


def judge(name: str, stream: BinaryIO, size: int) -> str:
    """The media type of a film of so many bytes. UploadRefused: it is none, or one that most tablets don't play."""
    stream.seek(0)
    head = stream.read(64)
    is_webm = PurePath(name).suffix.lower() == ".webm"
    if is_webm and head.startswith(EBML) and WEBM_DOCUMENT in head:
        return "video/webm"
    if not is_webm and head[4:8] == b"ftyp" and codings(stream, size) & H264:
        return "video/mp4"
    message = _("“%(name)s” is not a video that tablets play. Save it as MP4 (H.264) or as WebM, and send it again.")
    raise UploadRefused(message % {"name": name})


def codings(stream: BinaryIO, size: int) -> set[bytes]:
    """How the tracks of an MP4 are coded: the four letters of each entry."""
    spans = [(start, end) for kind, start, end in boxes(stream, 0, size) if kind == b"moov"][:1]
    for wanted in TO_CODINGS:
        found = (box for start, end in spans for box in boxes(stream, start, end))
        spans = [(start, end) for kind, start, end in found if kind == wanted]
    return {kind for start, end in spans for kind, _start, _end in boxes(stream, start + STSD_HEAD, end)}


def boxes(stream: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes that lie in a span of bytes, until one does not fit."""
    return islice(_boxes(stream, start, end), MOST_BOXES)


def _boxes(stream: BinaryIO, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        stream.seek(start)
        head = stream.read(16)
        length, kind, begins = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, begins = int.from_bytes(head[8:16], "big"), start + 16
        stop = end if length == 0 else start + length
        if stop < begins or stop > end:
            return
        yield kind, begins, stop
        start = stop
