"""A dossier made by hand, with every part filled: what tests render, read back and compare."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from evenground.dossier import (
    Audience,
    Dossier,
    FirstScreen,
    InputReport,
    Section,
    SettingChange,
    ToldAsk,
    ToldFinding,
)
from evenground.dossier.tests.reach_sample import reach_section
from evenground.dossier.tests.town import Town, town
from evenground.evidence import (
    Account,
    Ask,
    Estimate,
    Finding,
    Message,
    Method,
    Source,
    Verdict,
)
from evenground.initiative import (
    Decision,
    Initiative,
    Maker,
    Option,
    OptionKind,
    ProblemStatement,
    Stage,
)

SOURCE = Source(
    table="datasets", file="bins_telemetry.csv", sha256="3f" * 32, rows_read=41_207,
    rows_used=39_961, title="Fill levels of the 12 trial bins, 2025", licence="CC BY 4.0",
    vintage="2025",
)  # fmt: skip


def initiative() -> Initiative:
    return Initiative(
        title="200 sensor bins",
        stage=Stage.PROPOSED,
        domain="waste",
        offered_by="Binsight AB",
        offered_on=date(2026, 3, 2),
        summary=(
            "Litter bins that measure how full they are and call for collection. "
            "Crews would drive only to bins that need emptying."
        ),
        problems=(
            ProblemStatement(
                by="city",
                words="Busy streets’ bins overflow at weekends; crews empty others half full.",
                source="Service plan 2026, page 14",
                when=date(2025, 11, 2),
                indicator="overflow_reports",
            ),
            ProblemStatement(
                by="residents",
                words="There are no bins at all along the harbour path; overflow is not the issue.",
                source="Harbour residents’ association, meeting notes",
                when=date(2026, 1, 19),
            ),
        ),
        decision=Decision(
            body="Technical Committee",
            date=date(2026, 6, 10),
            open=("where", "how many", "on what terms"),
            bound=("The council set aside 1.2 million kronor in December 2025.",),
            to_be_heard="Write to the committee’s secretary, or speak at the meeting on 12 May",
            heard_until=date(2026, 5, 20),
        ),
        options=options(),
        made_by=Maker(
            name="Ada Lindqvist",
            role="digitalisation officer, City of Saltholm",
            interest="runs the trial of 12 bins that came before",
            payer="City of Saltholm",
            checked_by="City audit office",
        ),
        unit="bin",
        unit_plural="bins",
        counts="row",
    )


def options() -> tuple[Option, ...]:
    return (
        Option(
            key="as_today", name="As today", kind=OptionKind.AS_TODAY,
            cost=dict.fromkeys(range(2026, 2034), 310_000.0), price_year=2026, n_sites=0,
            cost_of_leaving=0.0, gains="nobody new", loses="streets that overflow at weekends",
            irreversible="nothing", proposed_by="city",
        ),
        Option(
            key="rota", name="New collection rota, no sensors",
            kind=OptionKind.WITHOUT_NEW_TECHNOLOGY,
            cost=dict.fromkeys(range(2026, 2034), 335_000.0), price_year=2026, n_sites=0,
            terms="a change of the crews’ working hours, to be agreed with the union",
            cost_of_leaving=15_000.0, gains="busy streets at weekends",
            loses="crews work two evenings more a month", irreversible="nothing",
            proposed_by="crews",
        ),
        Option(
            key="trial", name="Trial of 40 bins", kind=OptionKind.TRIAL,
            cost={2026: 310_000.0, 2027: 96_000.0}, price_year=2026, n_sites=40,
            terms="12 months, data belong to the city", cost_of_leaving=20_000.0,
            gains="the centre", proposed_by="city",
        ),
        Option(
            key="all", name="All 200 bins", kind=OptionKind.FULL, n_sites=200,
            terms="subscription of 5 years, renewed unless cancelled a year ahead",
            gains="the centre and the station", loses="crews lose about three posts",
            leaving="hardware stays the vendor’s", proposed_by="vendor",
        ),
    )  # fmt: skip


def first_screen() -> FirstScreen:
    return FirstScreen(
        before_you_decide=(
            ToldAsk(
                to="Binsight AB",
                what="What do all 200 bins cost, year by year, subscriptions and exit included?",
                unlocks="whether the new rota gives more for the same money",
                by=date(2026, 5, 1),
            ),
            ToldAsk(
                to="the street cleaning crews",
                what="Which bins overflow, on which days, and why?",
                unlocks="whether the problem is the bins or the rota",
                by=date(2026, 5, 1),
            ),
            ToldAsk(
                to="the Harbour residents’ association",
                what="Where would a bin be of use along the path?",
                unlocks="whether any of the 200 places would change",
            ),
        ),
        not_measured=(
            "Story, Voice, Ripples and Promise are not asked yet.",
            "Overflowing as residents see it: reports come from phones, and not everybody reports.",
        ),
        not_in_figures=(
            "Commuters: no count by area exists (nobody asked).",
            "People who sleep at the station: no count by area exists (the outreach team knows).",
        ),
        disputed_by=("Harbour residents’ association: “You counted bins, not rubbish.”",),
        turning_choices=(
            "Measured against jobs instead of residents, the south would no longer get less.",
        ),
        left_out=("4 accounts are left out of this public edition: the speakers did not agree.",),
    )


def told(finding: Finding, sentence: str, verdict: str, **more: Any) -> ToldFinding:
    return ToldFinding(finding=finding, sentence=sentence, verdict=verdict, **more)


def unasked(key: str, title: str, asks: str) -> Section:
    headline = told(
        Finding(code="not_asked", verdict=Verdict.NOT_ASKED),
        "This question is not asked yet.",
        "not asked yet",
    )
    return Section(key=key, title=title, asks=asks, asked=False, headline=headline)


def data_section() -> Section:
    headline = told(
        Finding(
            code="data.too_short",
            verdict=Verdict.CANNOT_TELL,
            sources=(SOURCE,),
            estimates=(Estimate.exact("days", 61, unit="days"),),
            asks=(
                Ask(
                    to=Message(code="to.offerer", parameters={"name": "Binsight AB"}),
                    what=Message(code="ask.summer"),
                    unlocks=Message(code="ask.summer.unlocks"),
                ),
            ),
            accounts=(
                Account(
                    words="The sensor said empty. I was standing in front of it, and it was not.",
                    role="collection crew, east depot",
                    how_gathered="interview by the audit office",
                    consent="may be published without name",
                    when=date(2025, 9, 30),
                    place="Station square",
                ),
            ),
            method=Method(
                name="Coverage of the year by the readings",
                formula="days with at least one reading ÷ 365",
                literature=("Kitchin & Stehle (2021)",),
            ),
            claims=("M23",),
        ),
        "Cannot tell whether the readings hold in summer: the trial covered nine weeks of autumn.",
        "cannot tell",
        labels={"days": "Days with readings"},
        caveats=("One bin in three sent nothing for a week or longer.",),
        would_change=("Readings from June to August would answer it.",),
        asks=(
            ToldAsk(
                to="Binsight AB",
                what="Are there readings of the same sensors from a summer elsewhere?",
                unlocks="whether heat and sea air disturb them",
            ),
        ),
    )
    return Section(
        key="data", title="Data", asks="Can the data carry what is to be done with it?",
        asked=True, headline=headline, missing=("datasets of the whole year",),
    )  # fmt: skip


def sections(place: Town) -> tuple[Section, ...]:
    return (
        unasked("problem", "Problem", "Is there a need, where, and does this act on its cause?"),
        unasked("story", "Story", "What is it made of, and what do its documents really promise?"),
        unasked("voice", "Voice", "Who was asked, when, and what was still open?"),
        reach_section(place),
        data_section(),
        unasked("ripples", "Ripples", "What else changes, for whom, and when?"),
        unasked("promise", "Promise", "What was promised, at what cost, and what came?"),
    )  # fmt: skip


def sample_dossier(place: Town | None = None) -> Dossier:
    """Return the dossier of the town, public edition."""
    place = place or town()
    return Dossier(
        city="Saltholm",
        language="en",
        currency="SEK",
        initiative=initiative(),
        today=date(2026, 4, 14),
        audience=Audience.PUBLIC,
        version="0.1.0",
        seed=20260414,
        first_screen=first_screen(),
        sections=sections(place),
        inputs=(
            InputReport(
                table="sites", file="offer/bin_places.xlsx", sha256="9c" * 32, rows_read=203,
                rows_used=200,
                set_aside=(("the place lies outside the city", 2), ("the row repeats another", 1)),
                noticed=("Decimal commas were read as such.",), title="Places offered by Binsight",
            ),
            InputReport(
                table="population", file="population_2025.csv", sha256="a1" * 32, rows_read=97,
                rows_used=96, set_aside=(("the row is a total", 1),),
                title="Residents by area, 31 December 2025", licence="CC0 1.0",
            ),
        ),
        settings=(
            SettingChange(
                key="disclosure_threshold",
                meaning="Counts of people below this are left out of the public edition.",
                default="5",
                value="10",
            ),
        ),
        datasets={
            "areas": place.geojson(),
            "sites": [{"x": x, "y": y} for x, y in place.bins],
        },
    )  # fmt: skip


def with_text(dossier: Dossier, text: str) -> Dossier:
    """Return the dossier with ``text`` in every field that may hold any text."""
    return _filled(dossier, text)


_KEPT = {
    "key", "code", "language", "spec", "datasets", "bears_on",
}  # fmt: skip


def _filled(value: Any, text: str) -> Any:
    if isinstance(value, str) and type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(_filled(item, text) for item in value)
    if isinstance(value, dict):
        return {key: _filled(item, text) for key, item in value.items()}
    if is_dataclass(value):
        changes = {
            field.name: _filled(getattr(value, field.name), text)
            for field in fields(value)
            if field.name not in _KEPT
        }
        return replace(value, **changes)
    return value
