"""What is said about Evenground in several places is the same everywhere."""

from __future__ import annotations

import tomllib

import pytest
import yaml

import evenground


@pytest.fixture(scope="module")
def described(root):
    """Return pyproject.toml, CITATION.cff and publiccode.yml as data."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    catalogue = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    return project, citation, catalogue


def test_version_is_the_same_everywhere(described):
    _, citation, catalogue = described
    assert citation["version"] == catalogue["softwareVersion"] == evenground.__version__


def test_licence_is_the_same_everywhere(described, root):
    project, citation, catalogue = described
    stated = {project["license"], citation["license"], catalogue["legal"]["license"]}
    assert stated == {"Apache-2.0"}
    assert "Apache License" in (root / "LICENSE").read_text(encoding="utf-8")


def test_catalogues_find_what_they_require(described):
    _, citation, catalogue = described
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    required = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert required <= set(catalogue)
    english = catalogue["description"]["en"]
    assert len(english["shortDescription"]) <= 150
    assert 150 <= len(english["longDescription"]) <= 10_000
