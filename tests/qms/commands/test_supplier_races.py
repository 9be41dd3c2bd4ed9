"""Several at once with a supplier, each on a connection of its own."""

from qms.models import StepAnswer, SupplierRequest
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms import sourcing_world as world


def test_two_answers_at_once_leave_one(at_once):
    one = world.scar()
    world.system()

    answers = at_once(lambda: world.answered(one), lambda: world.answered(one, "Other"))

    assert sorted(isinstance(answer, Exception) for answer in answers) == [False, True]
    assert StepAnswer.objects.count() == 1


def test_two_who_ask_at_once_open_one_request(at_once):
    case = make.report(make.board("B1"))
    world.engineer(), make.person("SQE2", "QUALITY_ENGINEER")

    made = at_once(
        lambda: world.scar(nonconformance=case),
        lambda: world.scar(nonconformance=case, by=make.person("SQE2", "QUALITY_ENGINEER"), at=NOW),
    )

    assert {one.pk for one in made} == {SupplierRequest.objects.get().pk}
