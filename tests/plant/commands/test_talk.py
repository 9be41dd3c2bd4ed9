"""Comments and files beside a thing: written down, told to whom they name, kept from whom they don't concern."""

import io
import os
import sys
import time

import pytest
from django.urls import reverse
from PIL import Image

from plant import files
from plant.commands import talk
from plant.models import Attachment, Comment, JournalEntry, Notice
from plant.uploads import UploadRefused
from tests.factories import NOW, person, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    reverse("plant:home")  # rooms say what has a page when the addresses are read
    person("P1", "WAREHOUSE")
    return received("LOT-1")


def picture():
    into = io.BytesIO()
    Image.new("RGB", (640, 480), "blue").save(into, "PNG")
    return into.getvalue()


def said(lot, text, by):
    return talk.say(subject=lot, text=text, by=by, at=NOW)


def test_a_mention_reaches_the_inbox_of_whoever_is_named(lot):
    author, named = person("P2", "OPERATOR"), person("lin.jia", "PLANNER")

    said(lot, "Look at this, @lin.jia and @nobody, not me@lin.jia.example", author)

    assert list(Notice.objects.values_list("person__number", "url")) == [(named.number, f"/trace/lots/{lot.number}/")]
    assert JournalEntry.objects.get(kind="materiallot.commented").actor == author.number


def test_nobody_is_told_of_what_they_may_not_see(lot):
    person("stranger", "SUPPLIER")

    said(lot, "@stranger look", person("P2", "OPERATOR"))

    assert not Notice.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
def test_a_comment_has_words_but_not_too_many(lot, text):
    with pytest.raises(talk.TalkRefused):
        said(lot, text, person("P2", "OPERATOR"))


def test_only_its_author_or_a_moderator_withdraws_a_comment(lot):
    author, other, manager = person("P2", "OPERATOR"), person("P3", "OPERATOR"), person("P4", "QUALITY_MANAGER")
    first, second = said(lot, "one", author), said(lot, "two", author)

    with pytest.raises(talk.TalkRefused):
        talk.withdraw(comment=first, subject=lot, by=other, at=NOW)
    talk.withdraw(comment=first, subject=lot, by=author, at=NOW)
    talk.withdraw(comment=second, subject=lot, by=manager, at=NOW)

    assert list(Comment.objects.values_list("text", "withdrawn_at")) == [("", NOW)] * 2


def test_a_file_lies_whole_outside_of_the_web_and_goes_when_it_is_removed(lot, django_capture_on_commit_callbacks):
    by = person("P2", "OPERATOR")
    kept = talk.attach(subject=lot, name="board.png", data=picture(), by=by, at=NOW)
    place = files.path_of(kept.key)

    assert (place.stat().st_size, place.stat().st_mode & 0o777) == (kept.size, 0o600)
    assert files.path_of(kept.key + files.PREVIEW).exists()
    with django_capture_on_commit_callbacks(execute=True):
        talk.remove(attachment=kept, subject=lot, by=by, at=NOW)
    assert not place.exists()
    assert JournalEntry.objects.filter(kind="materiallot.attachment-removed").count() == 1


@pytest.mark.parametrize(("setting", "value"), [("UPLOAD_MEGABYTES", 0), ("UPLOAD_MEGABYTES_A_DAY", 0)])
def test_a_file_that_would_fill_the_disk_is_refused(lot, settings, setting, value):
    setattr(settings, setting, value)

    with pytest.raises(UploadRefused, match="MB"):
        talk.attach(subject=lot, name="board.png", data=picture(), by=person("P2", "OPERATOR"), at=NOW)


@pytest.mark.parametrize("scanner", [f"{sys.executable} -c 'raise SystemExit(1)'", "/no/such/scanner"])
def test_what_the_scanner_refuses_or_cannot_judge_is_not_kept(lot, settings, scanner):
    settings.UPLOAD_SCANNER = scanner

    with pytest.raises(UploadRefused, match="scanner"):
        talk.attach(subject=lot, name="board.png", data=picture(), by=person("P2", "OPERATOR"), at=NOW)
    assert not Attachment.objects.exists()
    assert not list(files.stored())


def test_the_sweep_takes_only_old_files_that_nobody_speaks_of(lot):
    kept = talk.attach(subject=lot, name="board.png", data=picture(), by=person("P2", "OPERATOR"), at=NOW)
    lost, fresh = files.new_key(), files.new_key()
    for key in (lost, fresh):
        files.store(key, b"x")
    for name in (kept.key, lost):
        os.utime(files.path_of(name), (NOW.timestamp() - 10**6,) * 2)

    assert talk.sweep(at=NOW) == 1
    assert {name.partition(".")[0] for name, _ in files.stored()} == {kept.key, fresh}
    assert files.path_of(fresh).stat().st_mtime > time.time() - 3600
