"""Privacy: could anybody be told from the rows?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.measures.vouching import vouched_for
from evenground.questions.data.purposes.model import Known, Measured


def privacy(facts: Facts) -> Measured:
    """Return how many rows at least are alike in all that may tell who somebody is (k), in people.

    Counted from the data wherever such columns are known, whatever anybody declares. Data that are
    not about people have nothing to tell; that has to be declared, as no column shows it.

    Source: Sweeney (2002), International Journal of Uncertainty, Fuzziness and Knowledge-Based
    Systems 10(5):557-570 (k-anonymity).
    """
    found = facts.disclosure
    if found is not None:
        k = float(found.smallest)
        known = Known(unit="people", value=k, low=k, high=k)
        parts: dict[str, float | None] = {
            "smallest_class": found.smallest,
            "share_alone": found.share_alone,
        }
        method = message("method.privacy", columns=found.columns)
        return measured("privacy", known, method, parts=parts)
    method = message("method.privacy.declared")
    if facts.sheet.about_people is False:
        declared = vouched_for(facts, "privacy")
        return measured("privacy", declared.known, method, notes=declared.notes)
    known = unknown("people", message("reason.measure.no_telling_columns"))
    return measured("privacy", known, method)
