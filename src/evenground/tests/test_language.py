"""Codes in words: plural forms, fields, nested phrases, catalogues, and nothing left in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import evenground
from evenground.language import N_, NN_, Language, language
from evenground.questions import discover
from evenground.tests.dossiers import first_screen_sentences, section_of, texts, told
from evenground.tests.scenarios import scenario

EN = language("en", currency="SEK")
HOME = Path(evenground.__file__).parent
KEYWORDS = {"_n": None, "N_": None, "NN_": (1, 2), "gettext": None, "ngettext": (1, 2)}
MARKED = re.compile(r"«[^«»]*»")


@pytest.mark.parametrize(("n", "said"), [(0, "0 bins"), (1, "1 bin"), (2, "2 bins")])
def test_the_number_chooses_the_form(n, said):
    assert EN.say(NN_("{n} bin", "{n} bins"), {"n": n}) == said


def test_without_a_number_there_is_one():
    assert EN.text(NN_("a bin", "bins")) == "a bin"


def test_fields_may_be_phrased():
    said = EN.say(N_("{part:share} of {cost:money}, {names:list}"), {
        "part": 0.5, "cost": 1200, "names": ["a", "b"],
    })  # fmt: skip
    assert said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == (
        "50 % of 1 200 SEK, a and b"
    )


def test_ordinary_formats_still_work():
    assert EN.say("{x:.2f} {y}", {"x": 1.005, "y": "z"}) == "1.00 z"


def test_a_missing_field_is_an_error():
    with pytest.raises(KeyError, match="units"):
        EN.say("{units}", {})


def test_what_is_filled_in_is_not_filled_in_again():
    assert EN.say("{title}", {"title": "{secret} {0}"}) == "{secret} {0}"


def test_an_unknown_language_is_english():
    assert language("tlh").say(
        N_("{day:date}"), {"day": __import__("datetime").date(2026, 1, 2)}
    ) == ("2 January 2026")
    assert language("tlh").code == "tlh"


def test_no_text_is_no_text():
    """The empty message of a catalogue holds its header, which nobody wants to read."""
    header = Language(
        code="xx", currency="", _gettext=lambda text: text or "Project-Id-Version",
        _ngettext=lambda one, many, n: one,
    )  # fmt: skip
    assert header.text("") == ""


@pytest.fixture(scope="module")
def sentences():
    """Collect every message of the library as translators get them."""
    found = set()
    for _, _, message, _, _ in extract_from_dir(
        str(HOME), method_map=[("**/tests/**", "ignore"), ("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message)
    return found


@pytest.fixture
def pseudo(sentences, tmp_path, monkeypatch):
    """Put every sentence of a made-up language into «…»."""
    catalogue = Catalog(locale="sv")
    for message in sentences:
        forms = message if isinstance(message, tuple) else (message,)
        marked = tuple(f"«{form}»" for form in forms)
        catalogue.add(message, marked if isinstance(message, tuple) else marked[0])
    folder = tmp_path / "locale" / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "evenground.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr("evenground.language.resources", SimpleNamespace(files=lambda _: tmp_path))


@pytest.mark.parametrize("code", ["sv", "sv_SE", "sv-SE"])
def test_a_catalogue_is_found_by_its_code(pseudo, code):
    assert language(code).text(N_("half")) == "«half»"
    assert language("en").text(N_("half")) == "half"


def test_plural_forms_are_the_catalogue_s(pseudo):
    template = next(
        wording
        for question in discover()
        for wording in question.wording.values()
        if isinstance(wording, tuple)
    )
    speaks = language("sv")
    assert speaks.text(template, 1) == f"«{template[0]}»"
    assert speaks.text(template, 5) == f"«{template[1]}»"


SAID = ("boundaries", "roll-out", "uncounted and heard", "proposal", "no sites", "small counts",
        "other tool", "centres", "register", "too few")  # fmt: skip


def own_words(town):
    """Return the words that are the town's own: nobody translates them."""
    city, initiative = town.city, town.initiative
    words = {city.name, city.currency, initiative.title, initiative.unit, initiative.unit_plural}
    words |= {initiative.offered_by, initiative.decision.body, initiative.domain}
    words |= {option.name for option in initiative.options}
    for group in city.groups:
        words |= {group.name, *group.labels, *group.names.values()}
    for baseline in city.baselines:
        words |= {baseline.name, baseline.unit, baseline.reason, baseline.chosen_by}
    for level in city.levels:
        words |= {level.name, level.plural}
    for rows in town.rows.values():
        for row in rows:
            words |= {value for value in row.values() if isinstance(value, str)}
    words |= {f"{name}.csv" for name in town.rows}
    return {word for word in words if word}


def left_over(text, words):
    """Return what is neither translated nor the town's own: letters in a row."""
    before = None
    while before != text:
        before, text = text, MARKED.sub(" ", text)
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return re.findall(r"[^\W\d_]{2,}", text)


@pytest.mark.parametrize("name", SAID)
def test_every_sentence_goes_through_the_catalogue(pseudo, name):
    town = scenario(name).city_with(language="sv")
    dossier = town.appraised()
    words = own_words(town)
    for section in dossier.sections:
        for text in texts(section, drawn=False):
            assert not left_over(text, words), text
        for finding in told(section):
            assert finding.sentence.startswith("«"), finding.sentence
            assert finding.sentence.endswith("»"), finding.sentence
            if finding.finding.method:
                assert finding.finding.method.name.startswith("«")
            for one in finding.finding.estimates:
                assert not left_over(one.unit, {*words, "km²"}), one.unit
    for text in first_screen_sentences(dossier):
        assert not left_over(text, words), text
    for ask in dossier.first_screen.before_you_decide:
        assert not left_over(f"{ask.to} {ask.what} {ask.unlocks}", words), ask


class Reader(HTMLParser):
    """Gathers what a page shows and what a screen reader says; style is neither."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag == "style"
        self.found += [
            value for key, value in attrs if key in {"alt", "title", "aria-label"} and value
        ]

    def handle_endtag(self, tag):
        self.silent -= tag == "style"

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


@pytest.mark.parametrize("name", ["boundaries", "proposal", "no sites"])
def test_the_page_s_own_words_go_through_the_catalogue(pseudo, name):
    town = scenario(name).city_with(language="sv").setting(telling_ratio=1.8)
    dossier = town.appraised()
    reader = Reader()
    reader.feed(dossier.html())
    words = {
        *own_words(town),
        *town.city.overrides,
        "km",
        dossier.seal,
        dossier.seal[:12],
        dossier.version,
    }
    for section in dossier.sections:
        for finding in told(section):
            words |= set(finding.finding.method.literature) if finding.finding.method else set()
    page = " ".join(part.strip() for part in reader.found)
    assert "«Skip to the dossier»" in page
    assert sorted(set(left_over(page, words))) == []


def test_what_is_left_over_is_seen():
    assert left_over("«half of «bins»» in the north", {"north"}) == ["in", "the"]
    assert left_over("«all» 12 % km²", set()) == ["km²"]
    assert section_of(scenario("less").appraised(), discover()[0].key)
