"""A record is read in whichever form it comes, and its points are those of data.europa.eu."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.data.datasheet.model import Access, Datasheet
from evenground.questions.data.metadata.ckan import is_ckan, read_ckan
from evenground.questions.data.metadata.dcat import read_dcat
from evenground.questions.data.metadata.described import record_of, sheet_with
from evenground.questions.data.metadata.linked_data import local_name
from evenground.questions.data.metadata.points import ITEMS, MOST, quality_points
from evenground.questions.data.metadata.record import Distribution, Record
from evenground.questions.data.metadata.vocabularies import format_code

AUTHORITY = "http://publications.europa.eu/resource/authority/"
DATASET = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
    "@graph": [
        {"@id": "https://e.org/cat", "@type": "dcat:Catalog", "dct:title": "All",
         "dcat:dataset": [{"@id": "https://e.org/air"}]},
        {"@id": "https://e.org/air", "@type": "dcat:Dataset",
         "dct:title": [{"@value": "Luft", "@language": "sv"}, {"@value": "Air", "@language": "en"}],
         "dct:description": "Fine dust", "dcat:keyword": ["air", "dust"],
         "dcat:theme": {"@id": f"{AUTHORITY}data-theme/ENVI"},
         "dct:spatial": {"@type": "dct:Location", "dcat:bbox": "POLYGON((0 0,1 0,1 1,0 0))"},
         "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": "2024-01-01"},
         "dct:publisher": {"@id": "#city"},
         "dcat:contactPoint": {"vcard:hasEmail": "mailto:a@e.org"},
         "dct:accessRights": {"@id": f"{AUTHORITY}access-right/PUBLIC"},
         "dct:issued": "2024-01-01", "dct:modified": {"@value": "2025-01-01"},
         "dcat:distribution": [{"@id": "#csv"}, {"dct:title": "bare"}]},
        {"@id": "#city", "@type": "foaf:Agent", "foaf:name": "City of Bergby"},
        {"@id": "#csv", "@type": "dcat:Distribution",
         "dcat:accessURL": {"@id": "https://e.org/air"},
         "dcat:downloadURL": {"@id": "https://e.org/air.csv"},
         "dct:format": {"@id": f"{AUTHORITY}file-type/CSV"},
         "dcat:mediaType": {"@id": "http://www.iana.org/assignments/media-types/text/csv"},
         "dct:license": {"@id": f"{AUTHORITY}licence/CC_BY_4_0"},
         "dct:rights": "Name the source", "dcat:byteSize": 12345},
    ],
}  # fmt: skip
WHOLE = Record(
    title="a", description="b", keywords=("k",), themes=("t",), spatial="s", temporal="t",
    publisher="p", contact="c", access_rights=f"{AUTHORITY}access-right/PUBLIC", issued="i",
    modified="m",
    distributions=(
        Distribution(
            access_url="u", download_url="d", format=f"{AUTHORITY}file-type/CSV",
            media_type="text/csv", licence=f"{AUTHORITY}licence/CC_BY_4_0", rights="r",
            byte_size="1", access_status=200, download_status=204,
        ),
    ),
)  # fmt: skip


def test_points_add_up_as_published():
    """The methodology of data.europa.eu: 100, 100, 110, 75 and 20 points, together 405."""
    points = quality_points(WHOLE)
    most = {name: one.most for name, one in points.dimensions.items()}
    assert most == {
        "findability": 100, "accessibility": 100, "interoperability": 110, "reusability": 75,
        "contextuality": 20,
    }  # fmt: skip
    assert points.total.most == MOST
    # all is there; only the whole profile cannot be tested here
    assert (points.total.low, points.total.high) == (375, 405)
    assert points.missing() == ("interoperability.dcat_ap",)
    assert set(points.items) == set(ITEMS)


def test_an_empty_record_has_no_points_at_all():
    points = quality_points(Record())
    assert (points.total.low, points.total.high) == (0, 0)


def test_json_ld_is_read_with_its_references():
    record = read_dcat(DATASET)
    assert (record.title, record.publisher) == ("Air", "City of Bergby")
    assert record.contact == "mailto:a@e.org"
    assert record.temporal == "2024-01-01/"
    assert record.spatial.startswith("POLYGON")
    assert record.distributions[0].byte_size == "12345"
    points = quality_points(record)
    assert points.dimensions["findability"].low == 100
    accessibility = points.dimensions["accessibility"]
    assert (accessibility.low, accessibility.high) == (20, 100)
    assert (points.total.low, points.total.high) == (295, 405)


@pytest.mark.parametrize(
    "renamed",
    [
        lambda name: name.replace("dct:", "http://purl.org/dc/terms/"),
        lambda name: name.replace("dct:", "dcterms:").replace("dcat:", ""),
    ],
)
def test_names_may_be_written_in_any_of_their_ways(renamed):
    def again(value):
        if isinstance(value, dict):
            return {
                key if key == "@context" else renamed(key): again(one) for key, one in value.items()
            }
        return [again(one) for one in value] if isinstance(value, list) else value

    assert read_dcat(again(DATASET)) == read_dcat(DATASET)


def test_an_american_catalogue_is_read_too():
    document = {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [
            {"@type": "dcat:Dataset", "title": "Crime", "identifier": "c1", "keyword": ["crime"],
             "accessLevel": "public", "publisher": {"@type": "org:Organization", "name": "DC"},
             "contactPoint": {"fn": "OCTO", "hasEmail": "mailto:x@dc.gov"},
             "license": "https://creativecommons.org/licenses/by/4.0/",
             "distribution": [{"@type": "dcat:Distribution", "mediaType": "text/csv",
                               "downloadURL": "https://dc.gov/c.csv"}]},
            {"@type": "dcat:Dataset", "title": "Trees", "identifier": "t1"},
        ],
    }  # fmt: skip
    record = read_dcat(document, dataset="c1")
    assert (record.title, record.publisher, record.contact) == ("Crime", "DC", "OCTO")
    points = quality_points(record)
    assert points.items["reusability.licence"].low == 20
    licence = points.items["reusability.licence_vocabulary"]
    assert (licence.low, licence.high) == (0, 10)
    assert read_dcat(document, dataset="Trees").identifier == "t1"
    with pytest.raises(UsageError):
        read_dcat(document, dataset="nothing so called")


def test_a_document_without_a_dataset_is_refused():
    with pytest.raises(UsageError):
        read_dcat({"@type": "Person", "name": "x"})


def test_records_that_refer_to_themselves_are_read():
    node = {"@id": "#a", "@type": "Dataset", "title": {"@id": "#a"}, "publisher": {"@id": "#a"}}
    assert read_dcat([node]).identifier == "#a"


def test_ckan_is_read_with_its_extras():
    package = {
        "success": True,
        "result": {
            "id": "1", "title": "Air", "notes": "Dust", "tags": [{"display_name": "air"}],
            "groups": [{"title": "Environment"}], "license_id": "cc-by",
            "organization": {"title": "Bergby"}, "maintainer_email": "a@e.org",
            "extras": [
                {"key": "spatial", "value": "{}"}, {"key": "temporal_start", "value": "2020"},
            ],
            "resources": [{"url": "https://e.org/a.csv", "format": "CSV", "url_type": "upload"}],
        },
    }  # fmt: skip
    assert is_ckan(package)
    assert not is_ckan({"fields": []})
    record = read_ckan(package)
    assert (record.publisher, record.temporal) == ("Bergby", "2020/")
    assert record.distributions[0].download_url == "https://e.org/a.csv"
    assert quality_points(record).dimensions["findability"].low == 100


def test_a_datasheet_amounts_to_a_record():
    tried = Access(url="https://e.org", format="CSV", answers=True, checked_on=date(2026, 1, 1))
    sheet = Datasheet(title="Air", keywords=("air",), producer="Parents", access=tried)
    points = quality_points(record_of(sheet))
    assert points.items["accessibility.access_url_answers"].low == 50
    assert points.items["reusability.publisher"].low == 10
    undated = replace(sheet, access=replace(tried, checked_on=None))
    answered = quality_points(record_of(undated)).items["accessibility.access_url_answers"]
    assert (answered.low, answered.high) == (0, 50)
    silent = replace(sheet, access=replace(tried, answers=False))
    assert quality_points(record_of(silent)).dimensions["accessibility"].high == 0


def test_a_record_fills_in_what_a_datasheet_leaves_empty():
    said = sheet_with(Record(title="Air", licence="x", publisher="y"), Datasheet(title="Mine"))
    assert said == {"licence": "x", "publisher": "y"}


@pytest.mark.parametrize(
    ("written", "media_type", "code"),
    [
        ("CSV", "", "CSV"), ("csv", "", "CSV"), (".csv", "", "CSV"), ("", "text/csv", "CSV"),
        (f"{AUTHORITY}file-type/GEOJSON", "", "GEOJSON"), ("", "application/geo+json", "GEOJSON"),
        ("Excel", "", "XLS"), ("JSON-LD", "", "JSON_LD"), ("data", "", ""),
        ("", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ],
)  # fmt: skip
def test_formats_are_known_by_their_usual_names(written, media_type, code):
    assert format_code(written, media_type) == code


@pytest.mark.parametrize(
    ("name", "local"),
    [("dct:title", "title"), ("http://purl.org/dc/terms/title", "title"), ("title", "title"),
     ("http://www.w3.org/ns/dcat#keyword", "keyword"), ("@id", "@id")],
)  # fmt: skip
def test_a_name_is_known_by_its_last_part(name, local):
    assert local_name(name) == local


distributions = st.builds(
    Distribution, access_url=st.sampled_from(["", "u"]), download_url=st.sampled_from(["", "d"]),
    format=st.sampled_from(["", "CSV", "PDF", "odd", f"{AUTHORITY}file-type/CSV"]),
    licence=st.sampled_from(["", "x", f"{AUTHORITY}licence/CC0"]),
    byte_size=st.sampled_from(["", "1"]), access_status=st.sampled_from([None, 200, 404]),
)  # fmt: skip
records = st.builds(
    Record, title=st.sampled_from(["", "t"]), description=st.sampled_from(["", "d"]),
    keywords=st.sampled_from([(), ("k",)]), contact=st.sampled_from(["", "c"]),
    distributions=st.lists(distributions, max_size=3).map(tuple),
)  # fmt: skip


@given(records, st.sampled_from(["keywords", "contact", "title"]))
def test_filling_in_a_field_never_takes_points(record, field):
    value = ("k",) if field == "keywords" else "x"
    before, after = quality_points(record), quality_points(replace(record, **{field: value}))
    assert after.total.low >= before.total.low
    assert after.total.high >= before.total.high


@given(records)
def test_ranges_lie_within_what_there_is_and_dimensions_hold_the_total(record):
    points = quality_points(record)
    for one in (points.total, *points.dimensions.values(), *points.items.values()):
        assert 0 <= one.low <= one.high <= one.most
    assert sum(one.low for one in points.dimensions.values()) <= points.total.low
    assert points.total.high <= sum(one.high for one in points.dimensions.values())


@given(records, st.sampled_from([200, 404]))
def test_what_an_answer_would_bring_lies_within_the_range(record, status):
    """Whatever the addresses answer, the points then lie where they were said to."""
    tried = tuple(
        replace(one, access_status=one.access_status or status, download_status=status)
        for one in record.distributions
    )
    before, after = quality_points(record), quality_points(replace(record, distributions=tried))
    assert before.total.low <= after.total.low
    assert after.total.high <= before.total.high
