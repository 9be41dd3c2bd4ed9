"""Files of an instruction: taken for what their bytes are, frozen and copied with their revision, kept by the sweep."""

import os

import pytest

from mes.commands import instructions
from mes.models import InstructionMedia, Segment
from mes.queries import library
from plant import files
from plant.commands import revisions, talk
from plant.models import JournalEntry
from plant.policies import Forbidden
from plant.uploads import UploadRefused
from tests.factories import NOW, material, person
from tests.mes import factories
from tests.mes.instruction_files import mp4, pdf, png, sent, webm

pytestmark = pytest.mark.django_db
PARTS = {"segments": {"materials": {}, "parameters": {"steps": {}}, "media": {}}}


@pytest.fixture
def segment(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    made = factories.master(material("BOARD"))
    made.status = "DRAFT"
    made.effective = None
    made.save()
    return Segment.objects.get(work_master=made, sequence=10)


def attach(segment, name="how.mp4", data=None, **more):
    fields = {"by": person("ADM", "ADMINISTRATOR"), "title": "How", **more}
    return instructions.attach(segment=segment, file=sent(name, mp4() if data is None else data), **fields)


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.mp4", mp4(), "video/mp4"), ("a.WEBM", webm(), "video/webm"), ("a.pdf", pdf(), "application/pdf"),
    ("a.png", png(), "image/png"),
])
def test_a_file_is_kept_under_its_true_type_and_told(segment, name, data, kind):
    media = attach(segment, name, data)

    assert (media.media_type, media.size) == (kind, files.path_of(media.key).stat().st_size)
    told = JournalEntry.objects.get(kind="segment.changed").data
    assert (told["name"], told["sha256"]) == (media.name, media.sha256)


@pytest.mark.parametrize(("name", "data"), [
    ("a.mp4", b"<html><script>alert(1)</script>"), ("a.mp4", mp4(b"hvc1")), ("a.mp4", mp4()[:40]), ("a.mp4", webm()),
    ("a.webm", mp4()), ("a.webm", b""), ("a.pdf", mp4()), ("a.png", pdf()), ("a.svg", b"<svg/>"), ("a.html", b"x"),
    ("a.txt", b"plain"), ("a.mp4", b"\xff\xff\xff\xffftyp" + bytes(60)), ("", mp4()),
])
def test_what_is_not_what_it_says_is_refused_and_nothing_stays(segment, name, data):
    with pytest.raises(UploadRefused):
        instructions.take(type("Sent", (), {"name": name, "size": len(data)})() if not name else sent(name, data))
    assert not list(files.stored())


def test_a_film_has_a_limit_of_its_own(segment, settings):
    settings.UPLOAD_MEGABYTES, settings.VIDEO_MEGABYTES = 0, 1
    assert attach(segment)
    with pytest.raises(UploadRefused, match="1 MB"):
        attach(segment, data=mp4(data=bytes(1_000_001)))
    with pytest.raises(UploadRefused, match="0 MB"):
        attach(segment, "a.png", png())


def test_only_a_draft_and_only_who_keeps_master_data(segment):
    with pytest.raises(Forbidden):
        attach(segment, by=person("OP", "OPERATOR"))
    segment.work_master.status = "EFFECTIVE"
    with pytest.raises(instructions.InstructionRefused):
        attach(segment)


def test_a_new_revision_shows_the_same_files_and_the_signed_content_names_them(segment):
    media = attach(segment, language="ZH", position=30)
    fresh = revisions.revise(source=segment.work_master, parts=PARTS, by=person("ADM", "ADMINISTRATOR"))

    copy = InstructionMedia.objects.get(segment__work_master=fresh)
    assert (copy.key, copy.title, copy.language, copy.position) == (media.key, "How", "ZH", 30)
    assert library.seen(fresh)["operations"][0][3] == [[30, "How", "ZH", media.sha256]]


def test_the_sweep_leaves_what_a_revision_still_shows(segment):
    media, gone = attach(segment), attach(segment)
    gone.delete()
    for key in (media.key, gone.key):
        os.utime(files.path_of(key), (NOW.timestamp() - 10**6,) * 2)

    assert talk.sweep(at=NOW) == 1
    assert files.path_of(media.key).exists()
