from __future__ import annotations

import pytest

from evenground.city.parsing import READ_ELSEWHERE, Known, parse_city
from evenground.declaration import Declaration, Written
from evenground.initiative.parsing import READ_ELSEWHERE as INITIATIVE_READ_ELSEWHERE
from evenground.initiative.parsing import parse_initiative
from evenground.workspace import declared_keys as keys

INSIDE = {"decision", "made_by"}
LISTS = {"groups", "baselines", "levels", "settings", "options", "problems", "tables"}


class _Spy(Declaration):
    """A declaration that remembers what was asked of it and of the tables in it."""

    asked: dict[tuple[object, ...], set[str]]

    def _value(self, key):
        path = tuple(part for part in self.path if isinstance(part, str))
        self.asked.setdefault(path, set()).add(key)
        return super()._value(key)

    def _spied(self, one):
        spy = _Spy(one.values, written=self.written, path=one.path, problems=self.problems)
        spy.asked = self.asked
        return spy

    def table(self, key):
        return self._spied(super().table(key))

    def tables(self, key):
        return [self._spied(one) for one in super().tables(key)]


def _asked(parse, values):
    spy = _Spy(values, written=Written(file="x"))
    spy.asked = {}
    parse(spy)
    return spy.asked


@pytest.fixture(scope="module")
def of_city():
    values = {
        "groups": [{"key": "a", "indicator": "x"}, {"key": "b", "members": ["m"]}],
        "baselines": [{"key": "a", "lead": True}],
        "levels": {"tract": {"name": "x"}},
    }
    return _asked(lambda spy: parse_city(spy, Known()), values)


@pytest.fixture(scope="module")
def of_initiative():
    values = {"options": [{"key": "a", "cost": {"2026": 1}}], "problems": [{"words": "x"}]}
    return _asked(parse_initiative, values)


def test_every_key_of_a_city_is_explained(of_city):
    told = set(keys.CITY.names)
    assert (of_city[()] | set(READ_ELSEWHERE)) - LISTS == told


def test_every_key_of_an_initiative_is_explained(of_initiative):
    inside = {f"{name}.{key}" for name in INSIDE for key in of_initiative[name,]}
    at_top = of_initiative[()] | set(INITIATIVE_READ_ELSEWHERE)
    assert (at_top - LISTS - INSIDE) | inside == set(keys.INITIATIVE.names)


@pytest.mark.parametrize(
    ("schema", "path"), [(keys.GROUPS, "groups"), (keys.BASELINES, "baselines")]
)
def test_every_key_of_a_citys_lists_is_explained(schema, path, of_city):
    assert of_city[path,] == set(schema.names)


def test_every_key_of_an_initiatives_lists_is_explained(of_initiative):
    assert of_initiative["options",] - {"cost"} == set(keys.OPTIONS.names)
    assert of_initiative["problems",] == set(keys.PROBLEMS.names)
