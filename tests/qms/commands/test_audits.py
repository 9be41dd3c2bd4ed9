"""Audits: planned, answered, scored, signed by their leader, closed once what they found is settled."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from plant.commands import signatures
from plant.models import Role
from qms.commands import audits
from qms.models import Audit, AuditAnswer, AuditChecklist, AuditQuestion, Nonconformance
from qms.queries import audits as reading
from qms.scoring import Scored, result
from tests.factories import NOW, person, site, station
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def checklist(scheme: str = "SYSTEM", questions: int = 2) -> AuditChecklist:
    made = AuditChecklist.objects.create(code=f"C-{scheme}", name="Checklist", scheme=scheme)
    for n in range(1, questions + 1):
        AuditQuestion.objects.create(checklist=made, position=n, clause=f"8.{n}", text=f"Question {n}?")
    seen = signatures.content_hash(reading.checklist_seen(made))
    return audits.approve(checklist=made, reason="Read", password=make.PASSWORD, seen_hash=seen, by=make.engineer(),
                          at=NOW)


def planned(lead=None, **fields) -> Audit:
    station()
    wanted = {"title": "Line 1", "checklist": checklist(), "site": site(), "planned_at": NOW, "by": make.engineer(),
              "lead": lead or make.engineer("LA"), "at": NOW, **fields}
    return audits.plan(**wanted)


def answer(audit, *given, by=None):
    for question, one in zip(audit.checklist.questions.all(), given, strict=True):
        audits.answer(audit=audit, question=question, answer=one, evidence="Seen at the oven", at=NOW,
                      by=by or make.engineer("LA"))


def report(audit, by=None):
    seen = signatures.content_hash(reading.seen(Audit.objects.get(pk=audit.pk)))
    return audits.report(audit=audit, summary="Two findings", hours=Decimal("3.5"), reason="As found",
                         password=make.PASSWORD, seen_hash=seen, by=by or make.engineer("LA"), at=NOW)


def test_an_audit_without_findings_is_over_with_its_report():
    audit = planned()
    answer(audit, "GOOD", "OBSERVATION")

    done = report(audit)

    assert (done.status, float(done.score), done.grade) == ("CLOSED", 90.0, "A")


def test_findings_lead_on_and_keep_it_open_until_they_are_closed():
    audit = planned()
    answer(audit, "MAJOR", "MINOR")
    assert report(audit).status == "REPORTED"
    major, minor = reading.findings(audit)
    case = audits.open_case(row=major, by=make.engineer("LA"), at=NOW)
    capa = audits.open_capa(row=minor, owner=make.engineer(), due_at=NOW, check_due_at=NOW + timedelta(days=9),
                            by=make.engineer("LA"), at=NOW)
    assert (case.source_kind, case.source_id, capa.source_kind) == ("AUDIT", audit.number, "AUDIT")
    with pytest.raises(audits.AuditRefused):
        audits.close(audit=audit, by=make.engineer(), at=NOW)

    Nonconformance.objects.filter(pk=case.pk).update(status="CLOSED", closed_at=NOW)
    type(capa).objects.filter(pk=capa.pk).update(
        status="CLOSED", effective=True, checked_by=make.engineer("QE9"), checked_at=NOW + timedelta(days=10),
        closed_at=NOW,
    )

    assert audits.close(audit=audit, by=make.engineer(), at=NOW).status == "CLOSED"


def test_a_finding_leads_on_once():
    audit = planned()
    answer(audit, "MAJOR", "GOOD")
    row = reading.findings(audit)[0]
    audits.open_case(row=row, by=make.engineer("LA"), at=NOW)

    with pytest.raises(audits.AuditRefused):
        audits.open_case(row=row, by=make.engineer("LA"), at=NOW)


@pytest.mark.parametrize("fault", ["unanswered", "another"])
def test_only_its_leader_signs_a_whole_audit(fault):
    audit = planned()
    if fault == "unanswered":
        audits.answer(audit=audit, question=audit.checklist.questions.first(), answer="GOOD", at=NOW,
                      by=make.engineer("LA"))
    else:
        answer(audit, "GOOD", "GOOD")

    with pytest.raises(audits.AuditRefused):
        report(audit, by=make.engineer() if fault == "another" else None)


def test_signed_answers_stay_whoever_writes_the_sql():
    audit = planned()
    answer(audit, "MINOR", "GOOD")
    report(audit)

    with pytest.raises(audits.AuditRefused):
        answer(audit, "GOOD", "GOOD")
    with pytest.raises(DatabaseError, match="signed"), transaction.atomic():
        AuditAnswer.objects.filter(audit=audit).update(answer="GOOD")


def test_nobody_audits_themselves():
    who = person("QA", Role.QUALITY_ENGINEER)

    with pytest.raises(audits.AuditRefused):
        planned(lead=who, auditee=who)


def test_a_new_revision_ends_the_one_before():
    first = checklist()
    second = AuditChecklist.objects.create(code=first.code, revision=2, name="Checklist", scheme="SYSTEM")
    AuditQuestion.objects.create(checklist=second, position=1, text="New?")
    seen = signatures.content_hash(reading.checklist_seen(second))

    audits.approve(checklist=second, reason="Better", password=make.PASSWORD, seen_hash=seen, by=make.engineer(),
                   at=NOW)

    first.refresh_from_db()
    assert first.status == "OBSOLETE"


@pytest.mark.parametrize(("points", "critical", "percent", "grade"), [
    ([10, 10, 8, 8], [], 90.0, "A"), ([10, 10, 8, 6], [], 85.0, "B"), ([8, 8, 6, 6], [], 70.0, "C"),
    ([10] * 9 + [4], [9], 94.0, "B"), ([10] * 9 + [4], [], 94.0, "A"), ([10] * 19 + [0], [19], 95.0, "C"),
])
def test_points_add_up_to_a_grade(points, critical, percent, grade):
    scored = [Scored(one, n in critical) for n, one in enumerate(points)]

    assert result(scored).percent == percent
    assert result(scored).grade == grade
