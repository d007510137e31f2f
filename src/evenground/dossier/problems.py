"""What can be wrong with a dossier, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

_AS_WRITTEN = N_("Take the file as Evenground wrote it, or write it anew with evenground appraise.")

NOT_JSON = ProblemKind(
    code="dossier_not_json",
    what=N_("This is not JSON: {value}"),
    rule=N_("A dossier is kept as JSON, so that any program can read it."),
    way_out=_AS_WRITTEN,
)
REPEATED_KEY = ProblemKind(
    code="dossier_repeated_key",
    what=N_("The key {value} stands twice in one object."),
    rule=N_("Programs differ in which of the two they believe."),
    way_out=_AS_WRITTEN,
)
NOT_A_DOSSIER = ProblemKind(
    code="dossier_wrong_shape",
    what=N_("{column} should be {expected}, and is {value}."),
    rule=N_("A dossier has the shape that its schema in the reference describes."),
    way_out=_AS_WRITTEN,
)
NO_FORMAT = ProblemKind(
    code="dossier_without_format",
    what=N_("There is no format number."),
    rule=N_("The format number says how a file is to be read."),
    way_out=_AS_WRITTEN,
)
OTHER_FORMAT = ProblemKind(
    code="dossier_other_format",
    what=N_("This dossier has format {value}; this version of Evenground reads format {known}."),
    rule=N_("A file of another format would be misread without a word."),
    way_out=N_(
        "Run evenground migrate on an older file; for a newer one, install a newer Evenground."
    ),
)
CANNOT_BE_WRITTEN = ProblemKind(
    code="dossier_value_refused",
    what=N_("{column} holds {value}, which a dossier cannot hold."),
    rule=N_("Everything in a dossier can be read again exactly as it was written."),
    way_out=N_("Use text, whole numbers, finite numbers, dates or estimates."),
)
FIGURE_REFUSED = ProblemKind(
    code="figure_refused",
    what=N_("A figure's specification holds {value}, which a page does not show."),
    rule=N_("A page makes no request and holds nothing but what its dossier holds."),
    way_out=N_("Put the data into the specification, and leave links and pictures out."),
)
FIGURE_NOT_DRAWN = ProblemKind(
    code="figure_not_drawn",
    what=N_("The figure {column} could not be drawn: {value}"),
    rule=N_("A figure without its drawing would leave a hole in the page."),
    way_out=N_("Correct the figure's Vega-Lite specification."),
)
