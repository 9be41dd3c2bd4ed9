"""Finding the texts of the product, and whether each has its Chinese."""

from pathlib import Path

import polib
import pytest

from plant import translations
from plant.translations import Text

LOCALE = Path(__file__).resolve().parents[2] / "locale" / "zh_Hans"
FRAGMENTS = sorted((LOCALE / "fragments").glob("*.po"))


@pytest.mark.parametrize(
    ("source", "texts"),
    [('_("Lot")', [Text("Lot")]), ('x = gettext_lazy("Lot")', [Text("Lot")]),
     ('pgettext("date", "j M")', [Text("j M", "date")]),
     ('ngettext("%d lot", "%d lots", n)', [Text("%d lot", "", "%d lots")]), ('_("a" "b")', [Text("ab")]),
     ('log("Lot")', []), ("_(name)", []), ('t._("Lot")', [Text("Lot")])],
)
def test_texts_in_code(source, texts):
    assert list(translations.in_code(source)) == texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [('{% translate "Lot" %}', [Text("Lot")]), ("{% translate 'A (b)' %}", [Text("A (b)")]),
     ('{% button _("Hold") kind="x" %}', [Text("Hold")]), ('{{ x|default:_("None (yet)") }}', [Text("None (yet)")]),
     ("{% blocktranslate with n=1 trimmed %}\n  Alarms: {{ n }}\n{% endblocktranslate %}", [Text("Alarms: %(n)s")]),
     ("{% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}", [Text("one", "", "many")]),
     ("<p>Lot</p>", [])],
)
def test_texts_in_templates(source, texts):
    assert list(translations.in_page(source)) == texts


def test_a_missing_text_is_named_once():
    words = polib.POFile()
    words.append(polib.POEntry(msgid="Lot", msgstr="批次"))
    places = [translations.Place(Text(word), path) for word in ("Lot", "Hold") for path in ("a.py", "b.html")]

    assert [place.text.msgid for place in translations.untranslated(places, words)] == ["Hold"]


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_every_fragment_keeps_the_placeholders(path):
    entries = [entry for entry in polib.pofile(str(path)) if entry.msgstr]

    broken = [entry.msgid for entry in entries if _placeholders(entry.msgid) != _placeholders(entry.msgstr)]

    assert broken == []


def _placeholders(text: str) -> set[str]:
    return set(translations.PLACEHOLDER.findall(text))


def test_fragments_agree_on_the_word_for_a_text():
    assert translations.disagreements(FRAGMENTS) == []
