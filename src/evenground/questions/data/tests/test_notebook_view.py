"""An audit shows itself in a notebook, with every text escaped."""

from __future__ import annotations

import pyarrow as pa

from evenground import audit


def test_an_audit_shows_itself_and_escapes_what_it_is_called():
    rows = {"time": [f"2025-06-{day:02d}" for day in range(1, 21)], "n": list(range(20))}
    found = audit(pa.table(rows), title="<b>bold</b>")
    shown = found._repr_html_()
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert "20 rows" in shown
    assert shown.count("<table>") == 3
    assert "Fidelity" in shown
    assert found.period is not None
