"""Several appraisers at one study at the same moment."""

from functools import partial

from plant.models import Role
from spc.commands import study_readings as commands
from spc.commands.studies import StudyRefused
from spc.models import StudyReading
from tests.factories import NOW, person
from tests.spc import factories


def test_two_people_at_one_part_keep_one_value_and_tell_the_others(at_once):
    study = factories.study()
    people = [person(f"OP{number}", Role.OPERATOR) for number in range(4)]

    told = at_once(*[
        partial(commands.measure, study=study, place=1, value=float(number), by=one, at=NOW)
        for number, one in enumerate(people)
    ])

    kept = [one for one in told if isinstance(one, StudyReading)]
    assert len(kept) == 1
    assert [type(one) for one in told if one not in kept] == [StudyRefused] * 3
    stands = StudyReading.objects.get(study=study, place=1)
    assert (stands.value, stands.measured_by_id) == (kept[0].value, kept[0].measured_by_id)


def test_many_taps_of_one_person_are_one_value(at_once):
    study, one = factories.study(), person("OP1", Role.OPERATOR)

    told = at_once(*[partial(commands.measure, study=study, place=1, value=1.5, by=one, at=NOW)] * 4)

    assert [found.value for found in told] == [1.5] * 4
