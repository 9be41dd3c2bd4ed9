"""Documents to sign and to read, built by the plant's own commands."""

from datetime import datetime
from functools import cache
from typing import Any

import typst

from plant.commands import signatures
from plant.models import Person, Role
from qms.commands import document_release, documents, trainings
from qms.models import Document
from qms.queries import documents as reading
from tests.factories import NOW, PASSWORD, person


@cache
def pdf(pages: int = 2) -> bytes:
    """A PDF of so many pages."""
    text = "#set page(width: 90mm, height: 60mm)\n" + "\n#pagebreak()\n".join(f"Page {n}" for n in range(pages))
    made: bytes = typst.compile(text.encode(), format="pdf")
    return made


def author() -> Person:
    return person("AUTHOR", Role.QUALITY_ENGINEER)


def approver() -> Person:
    return person("APPROVER", Role.QUALITY_MANAGER)


def draft(code: str = "WI-7", **words: Any) -> Document:
    """A draft with its file, for every operator."""
    one = documents.create(
        code=code, kind="INSTRUCTION", name="Reflow", owner=author(), by=author(), at=NOW, **words
    )
    documents.share(document=one, role=Role.OPERATOR, by=author())
    return documents.attach(document=one, name="wi.pdf", data=pdf(), by=author())


def handed_in(code: str = "WI-7") -> Document:
    return document_release.hand_in(document=draft(code), by=author(), at=NOW)


def approved(one: Document, *, begins: datetime | None = None, at: datetime = NOW, **asked: Any) -> Document:
    """Signed by somebody else."""
    said = {"by": approver(), "password": PASSWORD, "reason": "Checked", **asked}
    seen = signatures.content_hash(reading.seen(one))
    return document_release.approve(document=one, effective_from=begins, seen_hash=seen, at=at, **said)


def effective(code: str = "WI-7") -> Document:
    return approved(handed_in(code))


def revised(one: Document) -> Document:
    """The next revision, handed in."""
    fresh = documents.revise(document=one, change="Zone 3 hotter", by=author(), at=NOW)
    documents.attach(document=fresh, name="wi.pdf", data=pdf(3), by=author())
    return document_release.hand_in(document=fresh, by=author(), at=NOW)


def read(one: Document, by: Person, **asked: Any) -> Any:
    """Signed as read and understood."""
    said = {"password": PASSWORD, "seen_hash": signatures.content_hash(reading.seen(one)), "at": NOW, **asked}
    return trainings.read(document=one, by=by, **said)
