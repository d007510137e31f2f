"""What each purpose asks of each measure: a rule is a line. A city may override any of them.

``CONVENTION`` marks thresholds that Evenground chose, as no law or standard sets one for data in
general; where one is set for a field (air quality), it is taken over for others and says so.
"""

from __future__ import annotations

from evenground.language import N_
from evenground.questions.data.purposes.model import PurposeRule as Rule

# A rule is a line, so that the rules read as a table.
# fmt: off
# ruff: noqa: E501

CONVENTION = N_("Convention of Evenground; no law or standard sets it")
VALID_MEAN = N_("Directive 2008/50/EC, Annex XI: 75 % of values make a valid hourly or daily mean; taken over for other readings")
CAPTURE = N_("Directive 2008/50/EC, Annex I: at least 90 % of readings captured; taken over for other data")
UNCERTAINTY = N_("Directive 2008/50/EC, Annex I: at most 25 % uncertainty of fixed measurements of dust; taken over for other data")
UNCERTAINTY_FIXED = N_("Directive 2008/50/EC, Annex I: at most 15 % uncertainty of fixed measurements of gases; taken over for other data")
DISCLOSURE = N_("The city's setting disclosure_threshold")
NEED = N_("The need that the datasheet declares for this purpose")
MQA_GOOD = N_("Metadata quality assessment of data.europa.eu: from 221 of 405 points a record is called good")
REACHED = N_("Metadata quality assessment of data.europa.eu: the address of the data answers (50 of 100 points for access)")
LAW = N_("Regulation (EC) 223/2009, Article 12: quality criteria of European statistics; which share is enough is a convention of Evenground")
ENTITLED = N_("Regulation (EC) 223/2009, Article 17a: a statistical authority gets the records of others on the ground of law")
CODE = N_("European Statistics Code of Practice (2017): a person has to vouch for it, with a document and a date")
RESPONSIBLE = N_("Convention of Evenground: whoever decides says why these data bear on it")

RULES: tuple[Rule, ...] = (
    # run the system: what comes now, and that it comes
    Rule(measure="completeness", aspect="recent", purpose="operate", at_least=0.75, unit="share", origin=VALID_MEAN),
    Rule(measure="cleanliness", purpose="operate", at_least=0.90, unit="share", origin=CONVENTION),
    Rule(measure="temporal_granularity", purpose="operate", unit="s", origin=NEED),
    Rule(measure="sustainability_and_reliability", aspect="still_delivering", purpose="operate", at_least=0.75, unit="share", origin=CONVENTION),
    # base a decision on them: the whole of it, for everybody, comparable, explained
    Rule(measure="transparency_and_interpretability", purpose="decide", at_least=0.90, unit="share", origin=CONVENTION),
    Rule(measure="privacy", purpose="decide", unit="people", origin=DISCLOSURE),
    Rule(measure="fidelity", purpose="decide", at_most=0.25, unit="share", origin=UNCERTAINTY),
    Rule(measure="cleanliness", purpose="decide", at_least=0.95, unit="share", origin=CONVENTION),
    Rule(measure="completeness", purpose="decide", at_least=0.90, unit="share", origin=CAPTURE),
    Rule(measure="spatial_coverage", purpose="decide", at_least=0.80, unit="share", origin=CONVENTION),
    Rule(measure="coherence", purpose="decide", at_least=0.95, unit="share", origin=CONVENTION),
    Rule(measure="changes_over_time", purpose="decide", at_least=0.90, unit="share", origin=CONVENTION),
    Rule(measure="relevance", aspect="decide", purpose="decide", declared=True, unit="declared", origin=RESPONSIBLE),
    # offer them to official statistics: all of it
    Rule(measure="access", purpose="official_statistics", at_least=50, unit="points", origin=REACHED),
    Rule(measure="access", aspect="legal_basis", purpose="official_statistics", declared=True, unit="declared", origin=ENTITLED),
    Rule(measure="sustainability_and_reliability", purpose="official_statistics", declared=True, unit="declared", origin=CODE),
    Rule(measure="sustainability_and_reliability", aspect="still_delivering", purpose="official_statistics", at_least=0.90, unit="share", origin=CONVENTION),
    Rule(measure="transparency_and_interpretability", purpose="official_statistics", at_least=1.0, unit="share", origin=LAW),
    Rule(measure="privacy", purpose="official_statistics", unit="people", origin=DISCLOSURE),
    Rule(measure="fidelity", purpose="official_statistics", at_most=0.15, unit="share", origin=UNCERTAINTY_FIXED),
    Rule(measure="cleanliness", purpose="official_statistics", at_least=0.98, unit="share", origin=CONVENTION),
    Rule(measure="completeness", purpose="official_statistics", at_least=0.90, unit="share", origin=CAPTURE),
    Rule(measure="spatial_granularity", purpose="official_statistics", unit="m", origin=NEED),
    Rule(measure="temporal_granularity", purpose="official_statistics", unit="s", origin=NEED),
    Rule(measure="spatial_coverage", purpose="official_statistics", at_least=0.95, unit="share", origin=LAW),
    Rule(measure="coherence", purpose="official_statistics", at_least=0.98, unit="share", origin=LAW),
    Rule(measure="metadata_availability", purpose="official_statistics", at_least=221, unit="points", origin=MQA_GOOD),
    Rule(measure="changes_over_time", purpose="official_statistics", at_least=0.95, unit="share", origin=LAW),
    Rule(measure="standardisation", purpose="official_statistics", at_least=0.95, unit="share", origin=CONVENTION),
    Rule(measure="standardisation", aspect="declared_schema", purpose="official_statistics", at_least=1.0, unit="share", origin=CONVENTION),
    Rule(measure="methodological_transparency", purpose="official_statistics", declared=True, unit="declared", origin=CODE),
    Rule(measure="relevance", aspect="official_statistics", purpose="official_statistics", declared=True, unit="declared", origin=CODE),
)
