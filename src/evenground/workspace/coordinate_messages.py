"""What can be wrong with coordinates, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_CRS = ProblemKind(
    code="coordinates_without_system",
    what=N_("{file} does not say in which coordinate system its shapes are."),
    rule=N_("The same numbers are other places in another system, so the shapes were left out."),
    way_out=N_('Write crs = "EPSG:4326" for degrees, or the system of your maps, beside file.'),
)
CRS_UNKNOWN = ProblemKind(
    code="coordinate_system_unknown",
    what=N_("{value} is not a coordinate system that is known here."),
    rule=N_("Without it the shapes cannot be put on the map, so they were left out."),
    way_out=N_('Write an EPSG code such as "EPSG:3006"; epsg.io lists them by country.'),
)
CRS_ASSUMED = ProblemKind(
    code="coordinate_system_assumed",
    severity=Severity.NOTE,
    what=N_("{file} does not say its coordinate system; {crs} was taken, which fits the city."),
    rule=N_("The same numbers are other places in another system."),
    way_out=N_('Write crs = "{crs}" beside file if this is right.'),
)
DEGREES_SAID_METRES = ProblemKind(
    code="degrees_declared_metric",
    severity=Severity.WARNING,
    what=N_("{file} says that its shapes are in {value}, but they are in degrees ({crs})."),
    rule=N_("Read as declared, they would lie far outside the city."),
    way_out=N_('Write crs = "{crs}" beside file, or export the file again.'),
)
METRES_SAID_DEGREES = ProblemKind(
    code="metres_declared_degrees",
    severity=Severity.WARNING,
    what=N_("{file} says that its shapes are in degrees, but they fit {crs}, in metres."),
    rule=N_("GeoJSON is in degrees unless told otherwise; these numbers are too large for that."),
    way_out=N_('Write crs = "{crs}" beside file, or export the file again in degrees.'),
)
OTHER_SYSTEM = ProblemKind(
    code="other_coordinate_system",
    severity=Severity.WARNING,
    what=N_("{file} says that its shapes are in {value}, but they fit {crs}."),
    rule=N_("Read as declared, they would lie far outside the city."),
    way_out=N_('Write crs = "{crs}" beside file, or export the file again.'),
)
SWAPPED = ProblemKind(
    code="coordinates_swapped",
    severity=Severity.WARNING,
    what=N_("x and y (longitude and latitude) are swapped in {file}; they were turned round."),
    rule=N_("As they stand, the shapes would lie far outside the city."),
    way_out=N_("Put longitude (or easting) into x and latitude (or northing) into y."),
)
ROW_SWAPPED = ProblemKind(
    code="row_swapped",
    severity=Severity.WARNING,
    what=N_("x and y are swapped in row {row}; they were turned round."),
    rule=N_("As it stands, the place would lie far outside the city; the other rows are right."),
    way_out=N_("Swap the two numbers in row {row}."),
)
FAR_AWAY = ProblemKind(
    code="far_away",
    severity=Severity.WARNING,
    what=N_("Row {row} lies in another part of the world than the city."),
    rule=N_("It cannot be in any area of the city; a digit may be lost or added."),
    way_out=N_("Correct the coordinates of row {row}."),
)
FAR_OUTSIDE = ProblemKind(
    code="far_outside",
    severity=Severity.WARNING,
    what=N_("Places more than {km} km outside all areas: {value} (rows {rows})."),
    rule=N_("They are in no area, and they pull the map apart."),
    way_out=N_("Correct them if they should be in the city; else nothing needs doing."),
)
ZERO_ISLAND = ProblemKind(
    code="zero_coordinates",
    severity=Severity.WARNING,
    what=N_("Coordinates are 0, 0 (rows: {n_rows}, the first is row {row}); read as no place."),
    rule=N_("Programs write zeros when no place was entered; the point lies in the Atlantic."),
    way_out=N_("Fill the coordinates in, or leave them empty."),
)
CITY_CRS_UNKNOWN = ProblemKind(
    code="city_crs_unknown",
    what=N_("crs is {value}, which is not a coordinate system that is known here."),
    rule=N_("Distances and areas are measured in it. {crs} was taken instead."),
    way_out=N_('Write an EPSG code such as crs = "EPSG:3006"; epsg.io lists them by country.'),
)
CITY_CRS_NOT_METRIC = ProblemKind(
    code="city_crs_not_metric",
    what=N_("crs is {value}, which does not measure in metres."),
    rule=N_("Distances and areas are measured in metres. {crs} was taken instead."),
    way_out=N_('Write a projected system such as crs = "{crs}".'),
)
CITY_CRS_CHOSEN = ProblemKind(
    code="city_crs_chosen",
    severity=Severity.WARNING,
    what=N_("The city names no coordinate system; {crs} was taken, which fits its areas."),
    rule=N_("Distances and areas are measured in it."),
    way_out=N_('Write crs = "{crs}" if this is right.'),
)
