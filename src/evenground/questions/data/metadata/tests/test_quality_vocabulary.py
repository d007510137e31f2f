"""An audit in the Data Quality Vocabulary holds together and is the same every time."""

from __future__ import annotations

import json
from datetime import date

from evenground.evidence import Message
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.datasheet.model import Datasheet, Declared
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.metadata.dqv import CONTEXT, dqv_of
from evenground.questions.data.purposes.facts import Facts, Readings
from evenground.questions.data.purposes.judge import judge
from evenground.questions.data.purposes.measures import measures_of
from evenground.questions.data.purposes.model import MEASURES, PURPOSES
from evenground.questions.data.purposes.rules import in_force

TODAY = date(2026, 3, 1)
WORDS = Message(code="definition.x")


def audited():
    checks = (
        Check.counted("duplicates", 20, unit="rows", definition=WORDS),
        Check.not_established("gaps", unit="readings", definition=WORDS, reason=WORDS),
    )
    said = Declared(says="met", by="Anna Ek", role="head", on=TODAY, evidence="Minutes")
    sheet = Datasheet(title="Air", declared={"relevance": (said,)})
    facts = Facts(
        today=TODAY, n_rows=1000, n_columns=3, n_series=2, datasheet=sheet,
        roles=Roles(form=Form.STREAM, time="t", values=("v",)),
        readings=Readings(expected=1000, expected_at_most=1500, there=900, n_instants=1000),
        checks={one.name: one for one in checks},
    )  # fmt: skip
    found = measures_of(facts)
    return DatasetAudit(
        key="air", title="Air", n_rows=1000, n_columns=3, roles=facts.roles, datasheet=sheet,
        checks=facts.checks, measures={one.name: one for one in found},
        verdicts={one.purpose: one for one in judge(found, in_force(datasheet=sheet))},
        period=(date(2025, 1, 1), date(2025, 12, 31)),
    )  # fmt: skip


def document():
    return dqv_of(audited(), say=lambda message: message.code, today=TODAY, version="1.0")


def nodes_of(kind):
    found = []
    for node in document()["@graph"]:
        types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        found += [node] if kind in types else []
    return found


def references(value):
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_same_audit_gives_the_same_document():
    assert json.dumps(document()) == json.dumps(document())


def test_every_reference_leads_somewhere_and_no_node_stands_twice():
    graph = document()["@graph"]
    known = [node["@id"] for node in graph]
    assert len(known) == len(set(known))
    inside = {one for one in references(graph) if one.startswith("#")}
    assert inside <= set(known)


def test_every_name_has_its_vocabulary():
    def names(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from names(inner)
                if key == "@type":
                    yield from inner if isinstance(inner, list) else [inner]
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    for name in names(document()["@graph"]):
        assert name.startswith("@") or name.split(":")[0] in CONTEXT, name


def test_measurements_have_what_the_vocabulary_requires():
    metrics = {node["@id"]: node for node in nodes_of("dqv:Metric")}
    dimensions = {node["@id"] for node in nodes_of("dqv:Dimension")}
    assert len(dimensions) == len(MEASURES)
    measurements = nodes_of("dqv:QualityMeasurement")
    assert measurements
    for node in measurements:
        assert node["dqv:computedOn"] == {"@id": "#dataset"}
        metric = metrics[node["dqv:isMeasurementOf"]["@id"]]
        assert node["dqv:value"]["@type"] == metric["dqv:expectedDataType"]["@id"]
        assert node["prov:generatedAtTime"]["@value"].startswith("2026-03-01T")
    dataset = nodes_of("dcat:Dataset")[0]
    linked = {one["@id"] for one in dataset["dqv:hasQualityMeasurement"]}
    assert linked == {node["@id"] for node in measurements}


def test_ends_of_an_interval_are_measurements_of_their_own():
    found = {
        node["@id"]: node["dqv:value"]["@value"] for node in nodes_of("dqv:QualityMeasurement")
    }
    assert found["#measurement-completeness-value"] == 0.9
    assert found["#measurement-completeness-low"] == 0.6
    assert found["#measurement-completeness-high"] == 0.9
    assert found["#measurement-check-duplicates"] == 20


def test_what_is_not_established_is_said_and_has_no_number():
    ids = {node["@id"] for node in nodes_of("dqv:QualityAnnotation")}
    assert "#annotation-open-fidelity" in ids
    assert "#annotation-open-check-gaps" in ids
    measured = {node["@id"] for node in nodes_of("dqv:QualityMeasurement")}
    assert not any(one.startswith("#measurement-fidelity") for one in measured)


def test_verdicts_are_annotations_by_a_policy_of_the_purpose():
    policies = {node["@id"]: node for node in nodes_of("dqv:QualityPolicy")}
    assert set(policies) == {f"#policy-{purpose}" for purpose in PURPOSES}
    verdicts = [n for n in nodes_of("dqv:QualityAnnotation") if "-verdict-" in n["@id"]]
    assert {one["dcterms:conformsTo"]["@id"] for one in verdicts} == set(policies)
    assert {one["dcterms:identifier"] for one in verdicts} <= {"yes", "no", "cannot_tell"}
    for policy in policies.values():
        for one in policy["odrl:constraint"]:
            assert one["dcterms:source"]


def test_what_somebody_declared_is_theirs():
    found = {node["@id"]: node for node in nodes_of("dqv:QualityMeasurement")}
    assert found["#measurement-relevance-value"]["prov:wasAttributedTo"] == {
        "@type": "prov:Person", "dcterms:title": "Anna Ek", "dcterms:description": "head",
    }  # fmt: skip
