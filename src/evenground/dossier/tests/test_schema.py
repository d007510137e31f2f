"""The published schema is made from the code, and what the code writes satisfies it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from evenground.dossier.schema import dossier_schema, schema_text

PUBLISHED = Path(__file__).parents[4] / "docs" / "reference" / "dossier.schema.json"


@pytest.fixture(scope="module")
def validator():
    schema = dossier_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_the_published_schema_is_current():
    """Renew it: python -m evenground.dossier.schema > docs/reference/dossier.schema.json."""
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()


def test_the_sample_satisfies_it(sample, validator):
    validator.validate(json.loads(sample.json()))


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("seed"),
        lambda v: v.update(more=1),
        lambda v: v.update(format=2),
        lambda v: v.update(today="14 April"),
        lambda v: v["initiative"].update(stage="dreamt"),
        lambda v: v["initiative"]["options"][0].update(cost={"soon": 3}),
        lambda v: v["inputs"][0].update(set_aside=[["why"]]),
        lambda v: v["sections"][3]["headline"]["finding"]["parameters"].update(d={"$date": "x"}),
    ],
)
def test_other_shapes_do_not(sample, validator, change):
    value = json.loads(sample.json())
    change(value)
    assert not validator.is_valid(value)


def test_every_part_is_described():
    definitions = dossier_schema()["$defs"]
    assert {name for name, one in definitions.items() if len(one["description"]) < 15} == set()
