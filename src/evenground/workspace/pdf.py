"""Print a dossier's page to PDF with the Chromium of this machine."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from evenground.errors import Problem, UsageError
from evenground.language import N_

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def to_pdf(page: str) -> bytes:
    """Return the page as PDF, paper size and margins as its style sheet says.

    Parameters
    ----------
    page
        Self-contained HTML; nothing is fetched while printing.

    Raises
    ------
    UsageError
        If the extra ``pdf`` or a Chromium is missing.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if find_spec("playwright") is None or browser is None:
        raise UsageError(_MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            sheet = chromium.new_page(java_script_enabled=False)
            sheet.set_content(page)
            return sheet.pdf(prefer_css_page_size=True, print_background=True)
        finally:
            chromium.close()


_MISSING = Problem(
    code="pdf_not_possible",
    what=N_("This machine cannot print a PDF."),
    rule=N_("Printing needs the extra 'pdf' and an installed Chromium."),
    way_out=N_(
        "Run: pip install 'evenground[pdf]', and install Chromium. Or open dossier.html and print "
        "it from any browser."
    ),
)
