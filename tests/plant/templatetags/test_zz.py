"""The component tags: what a page writes and what the browser gets."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from plant.errors import Refusal
from plant.templatetags import zz_states
from plant.templatetags.zz_numbers import num


def draw(source: str, address: str = "/", **values: Any) -> str:
    request = RequestFactory().get(address)
    with translation.override("en"):
        return Template(source).render(Context({"request": request, "csrf_token": "token"} | values))


@pytest.mark.parametrize("state", sorted(zz_states.STATES))
def test_state_shows_colour_icon_and_word(state: str) -> None:
    tone, icon, word = zz_states.look(state)

    assert tone in zz_states.ICONS
    assert icon
    assert word


def test_state_unknown_to_the_palette_is_shown_as_a_word() -> None:
    assert zz_states.look("ON_THE_MOON") == ("unknown", "help-circle", "On the moon")


def test_slot_fills_only_the_component_around_it() -> None:
    source = "{% card 'A' %}{% slot footer %}outer{% endslot %}{% card 'B' %}inner{% endcard %}{% endcard %}"

    found = draw(source)

    assert found.count("card-foot") == 1


def test_content_is_escaped() -> None:
    found = draw("{% card title %}{{ text }}{% endcard %}", title="<b>", text="<script>")

    assert "<b>" not in found
    assert "<script>" not in found


def test_button_that_may_not_act_has_no_form_and_says_why() -> None:
    found = draw("{% button 'Start' post='/start/' why='The lot is held.' %}")

    assert "<form" not in found
    assert 'aria-disabled="true"' in found
    assert 'data-why="The lot is held."' in found


def test_button_that_posts_carries_the_token() -> None:
    assert 'value="token"' in draw("{% button 'Start' post='/start/' %}")


def test_heading_sorts_and_keeps_the_filters() -> None:
    found = draw("{% th 'Number' sort='number' %}", "/?status=HELD&sort=number&cursor=9")

    assert 'href="?status=HELD&amp;sort=-number"' in found
    assert 'aria-sort="ascending"' in found


def test_pager_adds_its_cursor_to_the_address() -> None:
    found = draw("{% pager next='abc' shown=2 total=1240 %}", "/?status=HELD")

    assert 'href="?status=HELD&amp;cursor=abc"' in found
    assert "2 of 1,240" in found


def test_field_shows_its_error_and_help() -> None:
    class Receipt(forms.Form):
        quantity = forms.DecimalField(help_text="In pieces")

    found = draw("{% field form.quantity %}", form=Receipt({"quantity": "many"}))

    assert 'id="id_quantity_error"' in found
    assert 'aria-describedby="id_quantity_helptext id_quantity_error"' in found


def test_refusal_names_what_it_points_at() -> None:
    refusal = Refusal("The lot is held.", facts={"hold": "H-17", "secret": 1})

    found = draw("{% refusal refusal %}", refusal=refusal)

    assert "The lot is held." in found
    assert "H-17" in found
    assert "secret" not in found


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(Decimal("12.500000"), None, "12.5"), (Decimal(1240), None, "1,240"), (None, None, "—"), (1.005, 1, "1.0"),
     (Decimal("1E+3"), None, "1,000"), (Decimal("NaN"), None, "—"), ("3/4", None, "3/4")],
)
def test_number_is_written_without_needless_zeros(value: Any, places: int | None, expected: str) -> None:
    with translation.override("en"):
        assert num(value, places) == expected


def test_number_is_grouped_in_threes_in_chinese() -> None:
    with translation.override("zh-hans"):
        assert num(1284000) == "1,284,000"


def test_moment_is_shown_in_plant_time() -> None:
    found = draw("{% when at %}", at=datetime(2026, 11, 22, 5, 0, tzinfo=UTC))

    assert ">22 Nov 2026 13:00<" in found


def test_parameter_beyond_the_named_ones_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="by name"):
        Template("{% badge 'a' 'b' 'c' 'd' %}")
