"""Giving an operation what shows how it is done: a file is judged by its bytes, kept, and told of."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from mes.models import InstructionMedia, MediaLanguage, Segment
from plant import files, films, policies, uploads
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person, RevisionStatus
from plant.transactions import command
from plant.uploads import UploadRefused

SHOWN = {*uploads.IMAGES, ".pdf", *films.ENDINGS}


class InstructionRefused(Refusal):
    """An operation whose instruction stays as it is."""

    code = "instruction-refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """The facts of a file that is kept under `key`; the names are those of InstructionMedia."""

    name: str
    media_type: str
    size: int
    sha256: str
    key: str


@command
def attach(
    *, segment: Segment, title: str, file: "File[Any]", by: Person, position: int = 10,
    language: str = MediaLanguage.BOTH,
) -> InstructionMedia:
    """Show a file at an operation of a draft. UploadRefused: it is not what its name says, or too large."""
    policies.check(by, "master.edit", row=str(segment))
    if segment.work_master.status != RevisionStatus.DRAFT:
        raise InstructionRefused(_("Only a draft can be changed. Make a new revision, and attach the file there."))
    taken = take(file)
    media = InstructionMedia.objects.create(
        segment=segment, title=title, position=position, language=language, **asdict(taken)
    )
    facts = {"media": media.pk, "name": taken.name, "sha256": taken.sha256}
    journal.record("segment.changed", subject=segment, by=by, data=facts)
    return media


def take(file: "File[Any]") -> Taken:
    """Judge a file and keep its bytes; when no row speaks of them in the end, the sweep takes them away."""
    name = uploads.safe_name(file.name or "")
    if not name.lower().endswith(tuple(SHOWN)):
        kinds = ", ".join(sorted(kind.removeprefix(".") for kind in SHOWN))
        message = _("“%(name)s” can't be shown at a station. Possible: %(kinds)s.")
        raise UploadRefused(message % {"name": name, "kinds": kinds})
    return _film(name, file) if films.is_named_film(name) else _page(name, file)


def _film(name: str, file: "File[Any]") -> Taken:
    _check_size(file.size, settings.VIDEO_MEGABYTES)
    media_type, key, seen = films.judge(name, file, file.size), files.new_key(), hashlib.sha256()  # type: ignore[arg-type]

    def chunks() -> Any:
        for chunk in file.chunks():
            seen.update(chunk)
            yield chunk

    files.store_chunks(key, chunks())
    return Taken(name, media_type, file.size, seen.hexdigest(), key)


def _page(name: str, file: "File[Any]") -> Taken:
    _check_size(file.size, settings.UPLOAD_MEGABYTES)
    upload, key = uploads.judge(name, file.read()), files.new_key()
    files.store(key, upload.data)
    return Taken(upload.name, upload.media_type, len(upload.data), hashlib.sha256(upload.data).hexdigest(), key)


def _check_size(size: int, megabytes: int) -> None:
    if size > megabytes * 1_000_000:
        raise UploadRefused(_("The file has more than %(most)s MB. Make it smaller.") % {"most": megabytes})
