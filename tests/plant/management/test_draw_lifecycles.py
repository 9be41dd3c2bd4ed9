"""The diagrams in the documents are the tables that the commands obey."""

from plant.management.commands import draw_lifecycles


def test_the_page_of_lifecycles_is_current():
    assert draw_lifecycles.target().read_text(encoding="utf-8") == draw_lifecycles.drawn()


def test_every_lifecycle_names_each_state_of_its_field():
    for model in draw_lifecycles.stateful():
        states = {value for value, _label in model._meta.get_field("status").flatchoices}
        assert {str(state) for state in model.LIFECYCLE} == states
