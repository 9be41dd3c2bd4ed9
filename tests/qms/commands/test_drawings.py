"""Drawings: kept as what they are, numbered where a characteristic stands, told of in a first article."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from plant import files, printing
from plant.commands import signatures
from plant.policies import Forbidden
from plant.printing import Sheet
from plant.uploads import UploadRefused
from qms.commands import drawings, first_articles, inspections
from qms.commands.drawings import DrawingRefused
from qms.models import Balloon, Characteristic, Drawing, FirstArticleReport
from qms.queries import drawings as reading
from tests.factories import NOW, material, person
from tests.qms import factories as make
from tests.qms.commands.test_inspections import task


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def picture():
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(out, "PNG")
    return SimpleUploadedFile("board.png", out.getvalue())


def document():
    sheet = Sheet(kind="Drawing", number="D-1", title="Board")
    return SimpleUploadedFile("board.pdf", printing.pdf(sheet, printed_by="Me", printed_at="now"))


def keep(file=None, **fields):
    asked = {"code": "D-1", "revision": "A", "title": "Board", "material": material("BOARD"),
             "file": file or picture(), "by": make.engineer(), "at": NOW, **fields}
    return drawings.keep(**asked)


def place(drawing, **fields):
    asked = {"page": 1, "x": 0.25, "y": 0.5, "by": make.engineer(), "at": NOW, **fields}
    if "requirement" not in asked:
        asked.setdefault("characteristic", make.characteristic())
    return drawings.place(drawing=drawing, **asked)


@pytest.mark.django_db
def test_a_pdf_is_shown_page_by_page():
    drawing = keep(document())

    assert (drawing.media_type, len(drawing.pages)) == ("application/pdf", 1)
    with Image.open(files.path_of(drawing.key + ".p1")) as page:
        assert [page.width, page.height] == drawing.pages[0]
    assert reading.spoken_of({drawing.key, "other"}) == {drawing.key}


@pytest.mark.django_db
@pytest.mark.parametrize("file", [
    SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing %%EOF"), SimpleUploadedFile("x.txt", b"text"),
    SimpleUploadedFile("x.png", b"no picture"),
])
def test_what_is_no_drawing_is_refused(file):
    with pytest.raises(UploadRefused):
        keep(file)
    assert not Drawing.objects.exists()


@pytest.mark.django_db
def test_a_new_revision_carries_the_balloons_over():
    place(keep())
    fresh = keep(revision="B", at=NOW + timedelta(days=1))

    assert [(one.number, one.x) for one in fresh.balloons.all()] == [(1, 0.25)]
    with pytest.raises(DrawingRefused, match="own revision"):
        keep(revision="B")


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"x": 1.2}, {"page": 2}, {"characteristic": None}])
def test_a_balloon_beside_the_drawing_or_without_a_word_is_refused(fields):
    with pytest.raises(DrawingRefused):
        place(keep(), **fields)


@pytest.mark.django_db
def test_the_database_keeps_balloons_on_their_page():
    balloon = place(keep())
    with pytest.raises(IntegrityError, match="on_its_page"), transaction.atomic():
        Balloon.objects.filter(pk=balloon.pk).update(x=1.5)
    with pytest.raises(Forbidden):
        place(balloon.drawing, by=person("OP", "OPERATOR"))


def test_two_at_once_get_two_numbers(at_once, settings, tmp_path):
    drawing, one = keep(), make.characteristic()
    make.engineer()

    at_once(*[lambda: place(drawing, characteristic=one)] * 3)

    assert sorted(drawing.balloons.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_a_first_article_tells_each_number_with_what_was_found():
    asked = task(make.board("B1"), trigger="T1")
    item = asked.items.first()
    drawing = keep(material=asked.lot.material)
    place(drawing, characteristic=item.characteristic)
    place(drawing, requirement="Break all edges")

    report = reading.first_article(asked, drawing)

    assert [(line.number, line.verdict) for line in report.lines] == [(1, ""), (2, "")]
    assert report.lines[1].requirement == "Break all edges"
    assert (report.is_complete, report.is_good) == (False, False)


@pytest.mark.django_db
def test_pages_and_files_are_drawn():
    asked = task(make.board("B1"), trigger="T1")
    drawing = keep(document(), material=asked.lot.material)
    balloon = place(drawing, characteristic=asked.items.first().characteristic)
    client = Client()
    client.force_login(make.engineer())
    names = [("drawing-list", []), ("drawing-create", []), ("drawing-detail", [drawing.pk]),
             ("drawing-media", [drawing.pk, 0]), ("drawing-media", [drawing.pk, 1]),
             ("inspection-first-article", [asked.number]), ("inspection-first-article-paper", [asked.number]),
             ("inspection-first-article-workbook", [asked.number])]

    statuses = [client.get(reverse(f"qms:{name}", args=args)).status_code for name, args in names]
    client.post(reverse("qms:drawing-move", args=[drawing.pk, balloon.pk]), {"page": 1, "x": "0.75", "y": "0.1"})
    moved = Balloon.objects.get().x
    client.post(reverse("qms:drawing-remove", args=[drawing.pk, balloon.pk]))
    said = {"page": 1, "x": "0.1", "y": "0.2", "requirement": "Note"}
    client.post(reverse("qms:drawing-place", args=[drawing.pk]), said)

    assert statuses == [200] * len(names)
    assert (moved, Balloon.objects.get().requirement) == (0.75, "Note")


def measured():
    """A first article with its drawing, every number found out by an engineer."""
    one = task(make.board("B1"), trigger="T1")
    drawing = keep(material=one.lot.material)
    place(drawing, characteristic=one.items.first().characteristic)
    by = {"by": make.engineer("MEASURED"), "at": NOW}
    for sample in (1, 2):
        inspections.record(inspection=one, item=one.items.get(), sample=sample, value=239.0 + sample, **by)
    inspections.decide(inspection=one, **by)
    return one, drawing


def sign(one, drawing, by=None, **said):
    one.refresh_from_db()
    report = reading.first_article(one, drawing)
    asked = {"reason": "Read", "password": make.PASSWORD, "seen_hash": signatures.content_hash(report.content), **said}
    return first_articles.sign(inspection=one, drawing=drawing, by=by or make.engineer(), at=NOW, **asked)


@pytest.mark.django_db
def test_a_signed_report_says_what_was_signed_whatever_changes_later():
    one, drawing = measured()
    sign(one, drawing)

    Characteristic.objects.update(name="Renamed", upper=999.0)
    place(drawing, requirement="Added later")
    report = reading.first_article(one, keep(code="OTHER", material=one.lot.material))

    assert [(line.name, line.requirement, line.results) for line in report.lines] == [
        ("Zone 3", "235 … 245 pcs", ["240", "241"])]
    assert (report.drawing, report.signed.by) == (drawing, make.engineer())
    with pytest.raises(DatabaseError), transaction.atomic():
        FirstArticleReport.objects.update(content={})


@pytest.mark.django_db
def test_whoever_measured_does_not_sign_nor_anybody_before_the_end_or_twice():
    early = task(make.board("B2"), trigger="T2")
    one, drawing = measured()
    with pytest.raises(first_articles.ReportRefused, match="measured for it"):
        sign(one, drawing, by=make.engineer("MEASURED"))
    with pytest.raises(first_articles.ReportRefused, match="decide the inspection"):
        sign(early, drawing)
    sign(one, drawing)
    with pytest.raises(first_articles.ReportRefused, match="signed already"):
        sign(one, drawing)
