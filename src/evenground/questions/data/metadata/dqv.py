"""An audit in the W3C's Data Quality Vocabulary, as JSON-LD.

Source: W3C 2016, Data on the Web Best Practices: Data Quality Vocabulary. Each measure is a
dimension; its value and the ends of its interval are metrics of that dimension, and so is each
check. What is not established is said in a quality annotation instead of a number. A purpose's
rules are a quality policy, its verdict an annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message, settled
from evenground.questions.data.measures.checks import Check, Status
from evenground.questions.data.purposes.model import (
    Basis,
    Cell,
    Known,
    Measured,
    PurposeVerdict,
)

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit

Node = dict[str, Any]
Say = Callable[[Message], str]
CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
UNITS: Mapping[str, str] = {
    "share": "http://qudt.org/vocab/unit/UNITLESS",
    "m": "http://qudt.org/vocab/unit/M",
    "s": "http://qudt.org/vocab/unit/SEC",
}
ENDS = ("value", "low", "high")
DATASET, MAKER = "#dataset", "#evenground"


def dqv_of(audit: DatasetAudit, *, say: Say, today: date, version: str) -> Node:
    """Return an audit as JSON-LD; the same audit gives the same document.

    Parameters
    ----------
    audit
        What was found.
    say
        Turns a message into words.
    today
        The day of the audit.
    version
        Version of Evenground that made it.
    """
    graph = _Graph(say, today)
    measurements = list(graph.measurements(audit))
    annotations = list(graph.annotations(audit))
    dataset: Node = {
        "@id": DATASET,
        "@type": "dcat:Dataset",
        "dcterms:title": audit.title,
        "dqv:hasQualityMeasurement": [_ref(one) for one in measurements],
        "dqv:hasQualityAnnotation": [_ref(one) for one in annotations],
    }
    if audit.period:
        first, last = audit.period
        dataset["dcterms:temporal"] = {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": _day(first),
            "dcat:endDate": _day(last),
        }
    maker: Node = {
        "@id": MAKER,
        "@type": "prov:SoftwareAgent",
        "dcterms:title": f"Evenground {version}",
    }
    nodes = [dataset, maker, *graph.dimensions(audit), *graph.metrics(audit)]
    nodes += [*measurements, *annotations, *graph.policies(audit)]
    return {"@context": dict(CONTEXT), "@graph": nodes}


class _Graph:
    """Makes the nodes of one audit."""

    def __init__(self, say: Say, today: date) -> None:
        self.say, self.today = say, today

    def dimensions(self, audit: DatasetAudit) -> Iterator[Node]:
        for name in audit.measures:
            yield {
                "@id": f"#dimension-{name}",
                "@type": "dqv:Dimension",
                "skos:prefLabel": self.words(f"measure.{name}"),
                "skos:definition": self.words(f"measure.{name}.meaning"),
            }

    def metrics(self, audit: DatasetAudit) -> Iterator[Node]:
        asked = _asked_ends(audit)
        for measure, aspect, known in _known(audit):
            ends = {*_ends(known), *asked.get((measure.name, aspect), ())}
            for end in (end for end in ENDS if end in ends):
                code = f"aspect.{measure.name}.{aspect}" if aspect else f"measure.{measure.name}"
                yield {
                    "@id": f"#metric-{_key(measure.name, aspect)}-{end}",
                    "@type": "dqv:Metric",
                    "skos:prefLabel": f"{self.words(code)} ({end})",
                    "skos:definition": self.say(measure.method),
                    "dqv:expectedDataType": {"@id": "xsd:double"},
                    "dqv:inDimension": {"@id": f"#dimension-{measure.name}"},
                }
        for check in audit.checks.values():
            if check.count is not None:
                yield self._metric_of(check, audit)

    def measurements(self, audit: DatasetAudit) -> Iterator[Node]:
        for measure, aspect, known in _known(audit):
            for end in _ends(known):
                key = f"{_key(measure.name, aspect)}-{end}"
                node = self._measurement(key, settled(float(getattr(known, end))), "xsd:double")
                node["sdmx-attribute:unitMeasure"] = _unit(known.unit)
                if known.basis is Basis.DECLARED:
                    node["prov:wasAttributedTo"] = _person(known)
                yield node
        for check in audit.checks.values():
            if check.count is not None:
                node = self._measurement(f"check-{check.name}", check.count, "xsd:integer")
                node["sdmx-attribute:unitMeasure"] = check.unit
                yield node

    def annotations(self, audit: DatasetAudit) -> Iterator[Node]:
        """Yield the verdicts, and what was not established with its reason."""
        for purpose, verdict in audit.verdicts.items():
            yield self._verdict(purpose, verdict)
        for measure, aspect, known in _known(audit):
            if not known.established and known.reason:
                key = _key(measure.name, aspect)
                node = self._annotation(f"open-{key}", self.say(known.reason))
                yield {**node, "dqv:inDimension": {"@id": f"#dimension-{measure.name}"}}
        for check in audit.checks.values():
            if check.status is Status.NOT_ESTABLISHED and check.reason:
                yield self._annotation(f"open-check-{check.name}", self.say(check.reason))

    def policies(self, audit: DatasetAudit) -> Iterator[Node]:
        """Yield what each purpose asks: a rule is a constraint on a metric."""
        for purpose, verdict in audit.verdicts.items():
            yield {
                "@id": f"#policy-{purpose}",
                "@type": ["dqv:QualityPolicy", "odrl:Policy"],
                "skos:prefLabel": self.words(f"purpose.{purpose}"),
                "odrl:constraint": [
                    one for cell in verdict.cells for one in self._constraints(cell)
                ],
            }

    def words(self, code: str) -> str:
        return self.say(Message(code=code))

    def _measurement(self, key: str, value: float, datatype: str) -> Node:
        return {
            "@id": f"#measurement-{key}",
            "@type": "dqv:QualityMeasurement",
            "dqv:computedOn": {"@id": DATASET},
            "dqv:isMeasurementOf": {"@id": f"#metric-{key}"},
            "dqv:value": {"@value": value, "@type": datatype},
            "prov:wasAttributedTo": {"@id": MAKER},
            "prov:generatedAtTime": _moment(self.today),
        }

    def _annotation(self, key: str, text: str) -> Node:
        return {
            "@id": f"#annotation-{key}",
            "@type": "dqv:QualityAnnotation",
            "oa:hasTarget": {"@id": DATASET},
            "oa:hasBody": {"@type": "oa:TextualBody", "rdf:value": text},
            "oa:motivatedBy": {"@id": "dqv:qualityAssessment"},
            "prov:wasAttributedTo": {"@id": MAKER},
            "prov:generatedAtTime": _moment(self.today),
        }

    def _verdict(self, purpose: str, verdict: PurposeVerdict) -> Node:
        words = self.words(f"can_carry.{verdict.verdict.value}")
        node = self._annotation(f"verdict-{purpose}", words)
        return {
            **node,
            "dcterms:subject": self.words(f"purpose.{purpose}"),
            "dcterms:identifier": verdict.verdict.value,
            "dcterms:description": [self.say(one) for one in verdict.because],
            "dcterms:conformsTo": {"@id": f"#policy-{purpose}"},
        }

    def _constraints(self, cell: Cell) -> Iterator[Node]:
        if cell.rule is None:
            return
        known = cell.known
        for limit, end, operator in (
            (cell.rule.at_least, "low", "odrl:gteq"), (cell.rule.at_most, "high", "odrl:lteq"),
        ):  # fmt: skip
            if limit is not None:
                metric = f"#metric-{_key(cell.measure, cell.aspect)}-{end}"
                yield {
                    "@type": "odrl:Constraint",
                    "odrl:leftOperand": {"@id": metric},
                    "odrl:operator": {"@id": operator},
                    "odrl:rightOperand": {"@value": settled(float(limit)), "@type": "xsd:double"},
                    "odrl:unit": _unit(known.unit if known else cell.rule.unit),
                    "dcterms:source": cell.rule.origin,
                    "odrl:status": cell.outcome.value,
                }

    def _metric_of(self, check: Check, audit: DatasetAudit) -> Node:
        node: Node = {
            "@id": f"#metric-check-{check.name}",
            "@type": "dqv:Metric",
            "skos:prefLabel": self.words(f"check.{check.name}"),
            "skos:definition": self.say(check.definition),
            "dqv:expectedDataType": {"@id": "xsd:integer"},
        }
        within = [name for name, one in audit.measures.items() if check.name in one.checks]
        if within:
            node["dqv:inDimension"] = [{"@id": f"#dimension-{name}"} for name in within]
        return node


def _known(audit: DatasetAudit) -> Iterator[tuple[Measured, str, Known]]:
    """Yield each measure and each of its aspects with what is known of it."""
    for measure in audit.measures.values():
        yield measure, "", measure
        for aspect, known in measure.aspects.items():
            yield measure, aspect, known


def _ends(known: Known) -> tuple[str, ...]:
    if not known.established:
        return ()
    return tuple(end for end in ENDS if getattr(known, end) is not None)


def _asked_ends(audit: DatasetAudit) -> dict[tuple[str, str], set[str]]:
    """Return the ends that rules speak of, by measure and aspect."""
    asked: dict[tuple[str, str], set[str]] = {}
    for verdict in audit.verdicts.values():
        for cell in verdict.cells:
            if cell.rule is not None:
                ends = asked.setdefault((cell.measure, cell.aspect), set())
                ends |= {"low"} if cell.rule.at_least is not None else set()
                ends |= {"high"} if cell.rule.at_most is not None else set()
    return asked


def _key(measure: str, aspect: str) -> str:
    return f"{measure}-{aspect}" if aspect else measure


def _unit(unit: str) -> Any:
    return {"@id": UNITS[unit]} if unit in UNITS else unit


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _moment(day: date) -> Node:
    return {"@value": f"{day.isoformat()}T00:00:00Z", "@type": "xsd:dateTime"}


def _ref(node: Node) -> Node:
    return {"@id": node["@id"]}


def _person(known: Known) -> Node:
    by, role = str(known.evidence.get("by", "")), str(known.evidence.get("role", ""))
    person: Node = {"@type": "prov:Person", "dcterms:title": by or "unknown"}
    return {**person, "dcterms:description": role} if role else person
