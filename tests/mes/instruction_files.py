"""Tiny files that are what they say: a picture, a document, and films of a few boxes."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def mp4(coding: bytes = b"avc1", data: bytes = bytes(2000)) -> bytes:
    entries = box(b"stsd", bytes(4), (1).to_bytes(4, "big"), box(coding, bytes(78)))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", entries))))
    return box(b"ftyp", b"isom", bytes(4), b"isomavc1") + box(b"mdat", data) + box(b"moov", track)


def webm() -> bytes:
    return b"\x1a\x45\xdf\xa3\x8b\x42\x86\x81\x01\x42\x82\x84webm" + b"\x18\x53\x80\x67" + bytes(200)


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def png() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(into, "PNG")
    return into.getvalue()


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/html")
