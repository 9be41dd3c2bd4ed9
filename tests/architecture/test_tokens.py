"""The palette: readable in every theme, told apart by everybody, and by word and icon as well as by colour."""

import re
from itertools import combinations

import pytest

from plant.templatetags import zz_states
from tests.architecture import colour, house

THEMES = colour.themes()
TONES = ("running", "waiting", "held", "failed", "done", "warning", "unknown")
GROUNDS = ("ground", "surface", "raised", "sunken", "hover")
TEXT, SHAPE, MOST = 4.5, 3.0, 7.0  # WCAG 2.1: 1.4.3, 1.4.11, 1.4.6
# Colours alone, for eyes that see two of three: the loud states from each other and from the calm ones.
APART = 10.0


def thin(theme, pairs, wanted):
    tokens = THEMES[theme]
    found = {(ink, on): round(colour.contrast(tokens[ink], tokens[on]), 2) for ink, on in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < wanted}


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read(theme):
    pairs = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in GROUNDS]
    pairs += [("rail-ink", "rail"), ("rail-ink-2", "rail"), ("accent-strong", "accent-soft")]
    pairs += [("on-solid", f"{name}-solid") for name in ("held", "failed", "accent")]
    pairs += [("on-accent", "accent-solid-2")]
    assert thin(theme, pairs, TEXT) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_a_state_can_be_read_on_its_own_ground_and_on_a_card(theme):
    pairs = [(tone, f"{tone}-soft") for tone in TONES if tone != "unknown"]
    pairs += [(tone, ground) for tone in TONES for ground in ("surface", "ground", "raised")]
    assert thin(theme, pairs, MOST if theme.startswith("contrast") else TEXT) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_and_the_focus_can_be_seen(theme):
    pairs = [(line, ground) for line in ("control-line", "focus") for ground in ("ground", "surface")]
    pairs += [(f"series-{n}", "surface") for n in range(1, 7)]
    assert thin(theme, pairs, SHAPE) == {}


def alike(tokens, names, kind):
    seen = {name: colour.simulated(colour.colour(tokens[name]), kind) for name in names}
    apart = {pair: round(colour.difference(seen[pair[0]], seen[pair[1]]), 1) for pair in combinations(names, 2)}
    return {pair: distance for pair, distance in apart.items() if distance < APART}


@pytest.mark.parametrize("kind", colour.BLINDNESS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_are_told_apart_by_colour_blind_eyes(theme, kind):
    assert alike(THEMES[theme], ("running", "held", "failed", "done", "warning"), kind) == {}


@pytest.mark.parametrize("kind", colour.BLINDNESS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_lines_of_a_chart_are_told_apart_by_colour_blind_eyes(theme, kind):
    assert alike(THEMES[theme], ("series-1", "series-2", "series-3"), kind) == {}


def test_each_tone_has_its_own_icon():
    icons = [zz_states.ICONS[tone] for tone in TONES]
    assert len(set(icons)) == len(icons)


def test_every_state_has_a_tone_of_the_palette_and_a_word():
    assert {state for state, (tone, _icon, word) in zz_states.STATES.items() if tone not in TONES or not word} == set()


@pytest.mark.parametrize("name", ["base", "layout", "components", "forms", "data"])
def test_only_tokens_hold_colours(name):
    sheet = house.ROOT / "static" / "css" / f"{name}.css"
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert [found for found in re.findall(r"#[0-9a-fA-F]{3,8}\b", text) if found.lower() not in ("#fff", "#000")] == []
