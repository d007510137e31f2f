"""What can be wrong between tables, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

NO_CRS = ProblemKind(
    code="coordinates_without_system",
    what=N_("{file} does not say in which coordinate system its shapes are."),
    rule=N_("The same numbers are other places in another system."),
    way_out=N_('Write crs = "EPSG:4326" for degrees, or the system of your maps, beside file.'),
)
