"""Several at once at one document, each on a connection of its own."""

from plant.models import Role
from qms.models import Document, DocumentTraining
from tests.factories import person
from tests.qms import papers


def test_two_approvals_at_once_leave_one_signature(at_once):
    one = papers.handed_in()
    second = person("APPROVER-2", Role.QUALITY_MANAGER)

    answers = at_once(lambda: papers.approved(one), lambda: papers.approved(one, by=second))

    assert sorted(isinstance(answer, Exception) for answer in answers) == [False, True]
    assert Document.objects.get(pk=one.pk).status == "EFFECTIVE"


def test_a_reading_signed_twice_at_once_is_one_training(at_once):
    one, someone = papers.effective(), person("OP1", Role.OPERATOR)

    answers = at_once(*[lambda: papers.read(one, someone)] * 3)

    assert {answer.pk for answer in answers} == {DocumentTraining.objects.get().pk}
