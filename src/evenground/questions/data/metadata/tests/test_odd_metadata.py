"""Whatever a file holds, reading it ends in what could be read or in a clear refusal."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.data.metadata.ckan import is_ckan, read_ckan
from evenground.questions.data.metadata.csvw import as_csvw, is_csvw, read_csvw
from evenground.questions.data.metadata.dcat import read_dcat
from evenground.questions.data.metadata.points import quality_points
from evenground.questions.data.metadata.table_schema import (
    as_table_schema,
    is_table_schema,
    read_table_schema,
)

NAMES = (
    "@context", "@graph", "@id", "@type", "@value", "@list", "dataset", "distribution", "title",
    "name", "publisher", "temporal", "spatial", "accessURL", "license", "result", "resources",
    "extras", "tags", "organization", "key", "value", "schema", "fields", "constraints", "minimum",
    "enum", "categories", "type", "format", "missingValues", "primaryKey", "tables", "tableSchema",
    "columns", "titles", "datatype", "base", "null", "required", "propertyUrl", "url",
)  # fmt: skip
plain = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False)
    | st.sampled_from(["", "Dataset", "dcat:Dataset", "#a", "integer", "^(A|B)$", "2020", ","])
)  # fmt: skip
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=25,
)  # fmt: skip
documents = st.dictionaries(st.sampled_from(NAMES), anything, max_size=6)


@given(documents)
def test_a_catalogue_that_makes_no_sense_is_read_or_refused(document):
    with contextlib.suppress(UsageError):
        quality_points(read_dcat(document))
    is_ckan(document)
    quality_points(read_ckan(document))


@given(documents)
def test_a_schema_that_makes_no_sense_is_read_as_far_as_it_does(document):
    is_table_schema(document)
    is_csvw(document)
    as_table_schema(read_table_schema(document))
    as_csvw(read_csvw(document), url="x")


@pytest.mark.parametrize("read", [read_table_schema, read_csvw])
def test_deep_nesting_ends(read):
    document: dict = {}
    for _ in range(500):
        document = {"tables": [document], "resources": [document], "schema": document}
    read(document)
    with contextlib.suppress(UsageError):
        read_dcat(document)
