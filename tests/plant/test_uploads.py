"""Files that people send: taken for what their bytes are, never for what their name says."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from plant import uploads
from plant.uploads import UploadRefused, judge, safe_name

HIDDEN = b"<script>alert(1)</script>"


def picture(format_name="JPEG", size=(64, 48), **options):
    into = io.BytesIO()
    Image.new("RGB", size, "red").save(into, format_name, **options)
    return into.getvalue()


def office(*names):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x")
    return into.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("photo.jpg", picture(), "image/jpeg"),
        ("photo.PNG", picture("PNG"), "image/png"),
        ("photo.webp", picture("WEBP"), "image/webp"),
        ("report.pdf", b"%PDF-1.7\n...\n%%EOF\n", "application/pdf"),
        ("data.csv", "数量,1\r\n".encode(), "text/csv"),
        ("book.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), uploads.OFFICE[".xlsx"][1]),
    ],
)
def test_a_good_file_keeps_its_name_and_gets_its_true_type(name, data, media_type):
    upload = judge(name, data)

    assert (upload.name, upload.media_type, bool(upload.preview)) == (name, media_type, "image" in media_type)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", b""),
        ("a.jpg", HIDDEN),
        ("a.jpg", picture("PNG")),  # a name that lies about its bytes
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.html", HIDDEN),
        ("a.exe", b"MZ" + bytes(100)),
        ("a", b"text"),
        ("a.pdf", HIDDEN),
        ("a.pdf", b"%PDF-1.7 cut off"),
        ("a.txt", b"\x00binary"),
        ("a.csv", b"\xff\xfe"),
        ("a.xlsx", office("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 broken"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_reason(name, data):
    with pytest.raises(UploadRefused) as refused:
        judge(name, data)

    assert name in str(refused.value)


def test_a_picture_is_drawn_anew_so_that_nothing_hidden_stays():
    exif = Image.Exif()
    exif[0x010E] = "31.2304, 121.4737"

    upload = judge("photo.jpg", picture(exif=exif, comment=HIDDEN) + HIDDEN)

    assert HIDDEN not in upload.data
    assert b"121.4737" not in upload.data
    assert not Image.open(io.BytesIO(upload.data)).getexif()


def test_a_flood_of_points_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 1000)

    with pytest.raises(UploadRefused, match="Make it smaller"):
        judge("photo.png", picture("PNG", size=(100, 100)))


def test_a_book_that_unpacks_into_something_monstrous_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 1)

    with pytest.raises(UploadRefused):
        judge("book.xlsx", office("[Content_Types].xml", "xl/workbook.xml"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\photo.jpg", "photo.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),  # a right-to-left mark would turn the ending around
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("...", "file"),
        ("焊点 照片.png", "焊点 照片.png"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_is_short_and_plain(name):
    safe = safe_name(name)

    assert 0 < len(safe) <= uploads.LONGEST_NAME
    assert not set(safe) & set('/\\\r\n\x00"')
