"""Two dossiers compared: every difference is told, once, under its own heading."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from evenground.dossier import Dossier, InputReport, SettingChange, ToldFinding
from evenground.dossier.compare import Part, compare
from evenground.dossier.json import from_json
from evenground.evidence import Estimate, Finding, Verdict


def with_reach(dossier: Dossier, **changes) -> Dossier:
    sections = list(dossier.sections)
    sections[3] = replace(sections[3], **changes)
    return replace(dossier, sections=tuple(sections))


def with_headline(dossier: Dossier, **changes) -> Dossier:
    return with_reach(dossier, headline=replace(dossier.sections[3].headline, **changes))


def with_finding(dossier: Dossier, **changes) -> Dossier:
    return with_headline(dossier, finding=replace(dossier.sections[3].headline.finding, **changes))


def told(before: Dossier, after: Dossier) -> list[tuple[Part, str]]:
    return [(one.part, " / ".join(one.place)) for one in compare(before, after)]


def test_a_dossier_does_not_differ_from_itself(sample):
    assert compare(sample, from_json(sample.json())) == ()


def with_setting(dossier: Dossier) -> Dossier:
    more = SettingChange(key="k", meaning="m", default="1", value="2")
    return replace(dossier, settings=(*dossier.settings, more))


def with_other_input(dossier: Dossier) -> Dossier:
    first, *others = dossier.inputs
    return replace(dossier, inputs=(replace(first, sha256="00" * 32), *others))


def measured(dossier: Dossier) -> Dossier:
    return replace(dossier, first_screen=replace(dossier.first_screen, not_measured=()))


REACH = "sections / reach / headline"


@pytest.mark.parametrize(
    ("change", "part", "place"),
    [
        (lambda d: with_headline(d, sentence="All."), Part.ANSWER, f"{REACH} / sentence"),
        (lambda d: with_reach(d, asked=False), Part.ANSWER, "sections / reach / asked"),
        (lambda d: with_headline(d, verdict="all"), Part.VERDICT, f"{REACH} / verdict"),
        (
            lambda d: with_finding(d, verdict=Verdict("all")),
            Part.DETAIL,
            f"{REACH} / finding / verdict / code",
        ),
        (
            lambda d: with_headline(d, caveats=("More.", *d.sections[3].headline.caveats)),
            Part.WORDS,
            f"{REACH} / caveats / More.",
        ),
        (
            lambda d: with_finding(d, claims=("M1",)),
            Part.DETAIL,
            f"{REACH} / finding / claims / M1",
        ),
        (lambda d: replace(d, today=date(2026, 4, 15)), Part.ABOUT, "today"),
        (
            lambda d: replace(d, initiative=replace(d.initiative, title="100 bins")),
            Part.INITIATIVE,
            "initiative / title",
        ),
        (lambda d: replace(d, datasets={}), Part.DETAIL, "datasets"),
        (with_setting, Part.SETTING, "settings / k"),
        (with_other_input, Part.INPUT, "inputs / sites, offer/bin_places.xlsx / sha256"),
        (
            measured,
            Part.FIRST_SCREEN,
            "first_screen / not_measured / Story, Voice, Ripples and Promise are not asked yet.",
        ),
    ],
)
def test_a_difference_stands_under_its_heading(sample, change, part, place):
    assert (part, place) in told(sample, change(sample))


def test_a_number_is_told_as_one_with_its_interval(sample):
    finding = sample.sections[3].headline.finding
    ratio = Estimate.estimated("ratio", 0.5, interval=(0.4, 0.6, 0.95), unit="ratio")
    found = compare(sample, with_finding(sample, estimates=(ratio, *finding.estimates[1:])))
    assert [(one.part, one.place[-1]) for one in found] == [(Part.NUMBER, "ratio")]
    assert (found[0].before["value"], found[0].after["value"]) == (finding.estimates[0].value, 0.5)


def test_a_new_finding_is_told_as_one(sample):
    new = ToldFinding(
        finding=Finding(code="reach.new", verdict=Verdict.DESCRIBED), sentence="New.", verdict="v"
    )
    after = with_reach(sample, findings=(new, *sample.sections[3].findings))
    found = compare(sample, after)
    assert (found[0].part, found[0].place[-1], found[0].before) == (Part.FINDING, "reach.new", None)
    assert compare(after, sample)[0].after is None
    assert len(found) == 1  # the others moved down, and are still the same


def test_findings_meet_where_the_code_tells_the_verdict(sample):
    """A group's finding whose answer turned is one that changed, not one gone and one come."""
    reach = sample.sections[3]
    turned = replace(
        reach.findings[2],
        finding=replace(reach.findings[2].finding, code="reach.as_far"),
        sentence="Residents of both live as far away.",
    )
    after = with_reach(sample, findings=(*reach.findings[:2], turned))
    found = told(sample, after)
    name = "reach.as_far"
    assert found == [
        (Part.WORDS, f"sections / reach / findings / {name} / sentence"),
        (Part.DETAIL, f"sections / reach / findings / {name} / finding / code"),
    ]


def test_another_order_alone_is_told(sample):
    after = replace(sample, inputs=tuple(reversed(sample.inputs)))
    assert told(sample, after) == [(Part.DETAIL, "inputs / order")]


def test_twins_are_told_apart(sample):
    twin = InputReport(table="sites", file="offer/bin_places.xlsx", sha256="0" * 64, rows_read=1,
                       rows_used=1)  # fmt: skip
    found = told(sample, replace(sample, inputs=(sample.inputs[0], twin, *sample.inputs[1:])))
    assert found == [(Part.INPUT, "inputs / sites, offer/bin_places.xlsx (2)")]


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path


def test_no_change_goes_unsaid(sample):
    """Whatever single text of the file is altered, a difference is found, and the seal differs."""
    value = json.loads(replace(sample, datasets={}).json())
    whole = from_json(json.dumps(value))
    texts = [path for path in leaves(value) if isinstance(_at(value, path), str)]
    tried = 0
    for path in texts[:: max(1, len(texts) // 60)]:
        altered = json.loads(json.dumps(value))
        holder = _at(altered, path[:-1])
        if path[-1] in ("kind", "stage", "audience", "when", "by", "date", "today", "$date"):
            continue
        holder[path[-1]] = holder[path[-1]] + "?"
        other = from_json(json.dumps(altered))
        assert compare(whole, other) != (), path
        tried += 1
    assert tried > 30


def _at(value, path):
    for step in path:
        value = value[step]
    return value


def test_one_and_one_point_nought_are_written_otherwise(sample):
    ints = replace(sample, datasets={"a": [{"x": 1}]})
    floats = replace(sample, datasets={"a": [{"x": 1.0}]})
    assert ints.seal != floats.seal
    assert told(ints, floats) == [(Part.DETAIL, "datasets")]
