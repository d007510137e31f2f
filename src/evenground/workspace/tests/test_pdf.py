import pytest

from evenground.errors import UsageError
from evenground.workspace import pdf


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_a_page_is_printed_as_pdf():
    printed = pdf.to_pdf("<!doctype html><title>t</title><h1>Quillhaven</h1>")
    assert printed.startswith(b"%PDF-")
    assert printed.rstrip().endswith(b"%%EOF")


def test_without_a_browser_the_way_out_is_said(monkeypatch):
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    with pytest.raises(UsageError) as caught:
        pdf.to_pdf("<h1>t</h1>")
    (problem,) = caught.value.problems
    assert problem.code == "pdf_not_possible"
    assert "dossier.html" in problem.way_out
