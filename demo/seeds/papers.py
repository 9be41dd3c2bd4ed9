"""Controlled documents of the demonstration plant: in effect, in review, approved for next week, and their readers."""

from datetime import datetime, timedelta

import typst

from demo.data import ground
from demo.data.papers import DOCUMENTS
from plant import stamping
from plant.commands import signatures
from plant.models import Person
from qms.commands import document_release as release
from qms.commands import documents, trainings
from qms.models import Document
from qms.queries import documents as reading

READERS = ("operator", "operator2", "operator3", "leader")


def fill(engineer: Person, manager: Person, now: datetime) -> None:
    """The quality engineer writes, the quality manager signs; the operators have read all but the newest revision."""
    begun = now - timedelta(days=40)
    made = {row[0]: write(row, engineer, begun) for row in DOCUMENTS}
    packing, spec = made["WI-PACK-01"], made["SPEC-NL-4711"]
    documents.demand(document=packing, operation="PACK", by=engineer)
    for code in ("SOP-QM-08", "WI-PACK-01", "WI-SCREW-02"):
        sign(made[code], engineer, manager, begun + timedelta(days=2))
        for number in READERS:
            read(made[code], Person.objects.get(number=number), begun + timedelta(days=4))
    release.hand_in(document=spec, by=engineer, at=now - timedelta(days=2))
    better = documents.revise(
        document=made["SOP-QM-08"], by=engineer, at=now - timedelta(days=3),
        change="Suppliers answer by link; photos are asked for. 供方通过链接答复，须附照片。",
    )
    file(better, DOCUMENTS[0][6], engineer)
    sign(better, engineer, manager, now - timedelta(days=1), begins=now + timedelta(days=7))


def write(row: tuple[str, str, str, str, str, str, list[str]], by: Person, at: datetime) -> Document:
    """A draft with its file, for operators and team leaders."""
    code, kind, name, name_zh, issuer, edition, lines = row
    one = documents.create(
        code=code, kind=kind, name=name, name_zh=name_zh, issuer=issuer, edition=edition, owner=by, by=by, at=at
    )
    for role in ("OPERATOR", "TEAM_LEADER"):
        documents.share(document=one, role=role, by=by)
    return file(one, lines, by)


def file(one: Document, lines: list[str], by: Person) -> Document:
    """Its page, set from a few lines."""
    text = "#set page(paper: \"a4\", margin: 25mm)\n#set text(font: \"Noto Sans SC\", size: 12pt)\n"
    text += f"= {one.name}\n\n{one.name_zh}\n\n" + "\n\n".join(line.replace(".", "\\.") for line in lines)
    data = typst.compile(text.encode(), font_paths=[stamping.FONTS], ignore_system_fonts=True, format="pdf")
    return documents.attach(document=one, name=f"{one.code}.pdf", data=data, by=by)


def sign(
    one: Document, author: Person, approver: Person, at: datetime, begins: datetime | None = None
) -> Document:
    """Handed in by its author, signed by somebody else."""
    release.hand_in(document=one, by=author, at=at)
    one.refresh_from_db()
    seen = signatures.content_hash(reading.seen(one))
    return release.approve(
        document=one, effective_from=begins, reason="Checked on the line. 已在现场核对。", password=ground.PASSWORD,
        seen_hash=seen, by=approver, at=at,
    )


def read(one: Document, by: Person, at: datetime) -> None:
    """Somebody signs that they have understood it."""
    one.refresh_from_db()
    seen = signatures.content_hash(reading.seen(one))
    trainings.read(document=one, password=ground.PASSWORD, seen_hash=seen, by=by, at=at)
