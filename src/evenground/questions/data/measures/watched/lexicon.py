"""Words by which a description says whom or what it is about; read, never guessed.

Only what is written down is found: a word of the list in the words of the description. Where a
description holds none of them it is said to be in words that the list does not know, and stands
there to be read. Words after "no", "not", "without" and the like, up to the next comma or full
stop, count as denied.

A camera or a microphone takes in whatever is in view or earshot: that is a kind of its own, as
nothing says whether people are among it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """Whom or what something is sensed of."""

    PEOPLE = "people"
    VEHICLES = "vehicles"
    IN_VIEW = "in_view"
    """Whatever is in view or earshot of it."""
    THINGS = "things"
    ENVIRONMENT = "environment"


Words = Mapping[Subject, Sequence[str]]


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


WORDS: Words = {
    Subject.PEOPLE: _listed(
        "person, people, pedestrian, passer-by, passers-by, passerby, passersby, resident,"
        "citizen, visitor, tourist, crowd, footfall, user, customer, rider, passenger, driver,"
        "cyclist, walker, child, children, pupil, student, patient, tenant, worker, employee,"
        "staff, household, occupant, bystander, caller, face, voice, conversation, speech, gait,"
        "fingerprint, iris, pulse, heartbeat, phone, smartphone, handset, mobile device,"
        "mac address, bluetooth, card, ticket, account, login, e-mail, email, name, address, age,"
        "gender"
    ),
    Subject.VEHICLES: _listed(
        "vehicle, car, truck, lorry, lorries, bus, buses, van, taxi, tram, motorcycle, bicycle,"
        "bike, scooter, number plate, licence plate, license plate, traffic, parking, parked,"
        "speeding, fleet"
    ),
    Subject.IN_VIEW: _listed(
        "video, image, picture, photo, photograph, footage, camera, cctv, sound, audio,"
        "microphone, recording, lidar, radar"
    ),
    Subject.THINGS: _listed(
        "fill level, bin, waste, litter, lid, container, meter, pipe, valve, pump, lamp, light,"
        "lift, door, battery, power, electricity, energy, consumption, pressure, tank, parcel,"
        "bridge, building, machine, stock"
    ),
    Subject.ENVIRONMENT: _listed(
        "air, air quality, noise, temperature, humidity, rain, wind, weather, pollen, ozone, no2,"
        "nitrogen dioxide, pm10, pm2.5, particulate, dust, carbon dioxide, co2, water level,"
        "river, flood, soil, moisture, radiation, daylight, snow, ice, smoke"
    ),
}
"""The list, in English; a city adds words of its own language."""

IDENTIFYING = _listed(
    "face, fingerprint, iris, voice, gait, phone, smartphone, handset, mobile device,"
    "mac address, bluetooth, number plate, licence plate, license plate, card, account, login,"
    "e-mail, email, name, address, recognise, recognising, recognised, recognize, recognizing,"
    "recognized, recognition, identify, identifies, identified, identifying, identification,"
    "track, tracks, tracked, tracking, follow again, biometric"
)
"""Words for marks and deeds by which the same person or vehicle is known again."""

DENYING = ("no", "not", "nothing", "never", "none", "nobody", "without", "neither", "nor")
NOTHING = ("nothing", "none", "no sensor", "no sensors", "it senses nothing", "senses nothing")
UNSTATED = (
    "", "-", "–", "?", "n/a", "na", "not given", "not stated", "not known", "unknown", "tbd",
    "tbc", "to be decided", "to be confirmed", "open", "unclear", "not specified", "unspecified",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a description says.

    Attributes
    ----------
    subjects
        For each subject that is named, the words that name it, in order.
    identifying
        Words for what makes a person or vehicle known again.
    denied
        Words of the list that stand after a denial.
    is_stated, is_nothing
        Whether there are words at all; whether they are that nothing is sensed.
    """

    subjects: Mapping[Subject, tuple[str, ...]]
    identifying: tuple[str, ...]
    denied: tuple[str, ...]
    is_stated: bool
    is_nothing: bool

    @property
    def is_unknown(self) -> bool:
        """Whether there are words, and the list knows none of them."""
        return self.is_stated and not self.is_nothing and not self.subjects and not self.denied


def stated(text: str | None) -> str:
    """Return a cell's words, empty where they say that nothing is stated."""
    words = " ".join((text or "").split())
    return "" if words.casefold().strip(" .") in UNSTATED else words


def found_in(text: str | None, *, more: Words | None = None) -> Found:
    """Return whom or what a description names.

    Parameters
    ----------
    text
        A cell's words.
    more
        Further words by subject, as the city's own language has them.
    """
    words = stated(text)
    is_nothing = words.casefold().strip(" .") in NOTHING
    subjects: dict[Subject, tuple[str, ...]] = {}
    denied: list[str] = []
    if words and not is_nothing:
        for subject in Subject:
            named, not_so = _named(words, (*WORDS[subject], *(more or {}).get(subject, ())))
            denied += not_so
            if named:
                subjects[subject] = named
    identifying = _named(words, IDENTIFYING)[0] if not is_nothing else ()
    return Found(
        subjects=subjects, identifying=identifying, denied=tuple(dict.fromkeys(denied)),
        is_stated=bool(words), is_nothing=is_nothing,
    )  # fmt: skip


def is_denial(text: str) -> bool:
    """Whether a text begins with "no", "nothing", "never" and the like."""
    first = re.match(r"[\W_]*(\w+)", text)
    return first is not None and first.group(1).casefold() in DENYING


def _named(text: str, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that a text holds, in its order, and those that it denies."""
    named: list[str] = []
    denied: list[str] = []
    for clause in re.split(r"[;,.!?\n]+(?=\s|$)", text):
        matches = sorted(
            (match.start(), match.group(0).casefold())
            for word in dict.fromkeys(words)
            for match in re.finditer(_pattern(word), clause, re.IGNORECASE)
        )
        denial = re.search(rf"\b(?:{'|'.join(DENYING)})\b", clause, re.IGNORECASE)
        for start, word in matches:
            (denied if denial is not None and denial.start() < start else named).append(word)
    return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(denied))


def _pattern(word: str) -> str:
    return rf"(?<![\w-]){re.escape(word)}(?:s|es)?(?![\w-])"
