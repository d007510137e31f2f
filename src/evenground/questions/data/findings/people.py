"""Who is in each dataset: within reach of what measures, counted how often, reporting how soon."""

from __future__ import annotations

from evenground.evidence import Finding
from evenground.questions.data.context import Context
from evenground.questions.data.findings.covered import covered
from evenground.questions.data.findings.exposed import exposed
from evenground.questions.data.findings.per_resident import per_resident
from evenground.questions.data.findings.predicted import predicted
from evenground.questions.data.findings.reporting import reporting
from evenground.questions.data.findings.represented import represented
from evenground.questions.data.findings.within_areas import within_areas


def people(context: Context) -> list[Finding]:
    """Return what can be said of who is in the data."""
    return [
        *covered(context),
        *per_resident(context),
        *represented(context),
        *within_areas(context),
        *reporting(context),
        *exposed(context),
        *predicted(context),
    ]
