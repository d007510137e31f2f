from evenground.stores.toml_text import key_rows

TEXT = '''\
# a comment
name = "A"
levels.tract.name = "tract"
"odd key" = 1

[settings]
threshold = 5        # why
text = """
name = "not a key"
[not.a.table]
"""
list = [
  1,
  # name = 3
  2,
]

[[groups]]
key = "age"
names = {under_5 = "x", over = "y"}

[[groups]]
key = "income"

[groups.inner]
value = 1

[[tables.population]]
file = "a.csv"

[tables.population.columns]
area_id = "geoid"
path = 'c:\\not\\a\\key = 1'
after = 2
'''


def test_every_key_stands_on_its_row():
    lines = TEXT.splitlines()
    rows = key_rows(TEXT)

    def row(start, nth=1):
        return [n for n, line in enumerate(lines, 1) if line.startswith(start)][nth - 1]

    assert rows["name",] == 2
    assert rows["levels", "tract", "name"] == 3
    assert rows["odd key",] == 4
    assert rows["settings",] == row("[settings]")
    assert rows["settings", "threshold"] == row("threshold")
    assert rows["settings", "list"] == row("list")
    assert rows["groups", 0, "key"] == row("key", 1)
    assert rows["groups", 1, "key"] == row("key", 2)
    assert rows["groups", 1, "inner", "value"] == row("value")
    assert rows["tables", "population", 0, "file"] == row("file")
    assert rows["tables", "population", 0, "columns", "area_id"] == row("area_id")
    assert rows["tables", "population", 0, "columns", "after"] == row("after")


def test_texts_and_lists_hold_no_keys():
    rows = key_rows(TEXT)
    assert ("settings", "name") not in rows
    assert not any("not" in path for path in rows)
