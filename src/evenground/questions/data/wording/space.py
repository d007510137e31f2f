"""Where the rows are, in words: coordinates at fault, places outside, moved sites, boundaries."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
SPACE: Mapping[str, str | tuple[str, str]] = {
    # coordinates at fault
    "check.coordinate_faults": N_("Coordinates at fault"),
    "definition.coordinate_faults.city": N_("Rows whose {x} and {y} lead outside the city as they are written, and into it if read otherwise: with the decimal point moved, the sign turned, the two columns swapped, degrees and minutes for decimals, feet for metres, or in another coordinate system; and rows at exactly 0, 0."),
    "definition.coordinate_faults.data": N_("Rows whose {x} and {y} lead far from the bulk of all rows as they are written, and into it if read otherwise: with the decimal point moved, the sign turned, the two columns swapped, degrees and minutes for decimals, or feet for metres; and rows at exactly 0, 0. The bulk is the shortest interval with half of the rows, and five times its width on either side."),
    "reason.coordinate_faults.one_place": N_("No two rows have different places, so that none can be told to be far away. The city’s outline would be needed."),
    "fault.times_10": N_("Ten times too large"),
    "fault.times_100": N_("A hundred times too large"),
    "fault.tenth": N_("A tenth of what it should be"),
    "fault.hundredth": N_("A hundredth of what it should be"),
    "fault.sign_lost": N_("The sign is lost"),
    "fault.swapped": N_("The two columns are swapped"),
    "fault.degrees_minutes": N_("Degrees and minutes are written as if they were decimals"),
    "fault.point_lost": N_("The decimal point is lost"),
    "fault.feet": N_("Feet are written for metres"),
    "fault.other_system": N_("Written in another coordinate system"),
    "fault.zero": N_("Zero, zero: nothing was entered"),
    "fault.several": N_("Far away, with more than one likely repair"),
    # missing
    "check.missing_coordinates": N_("Rows without a place"),
    "definition.missing_coordinates": N_("Rows of which {x} or {y} is missing or no finite number. Rows at 0, 0 are counted among the coordinates at fault."),
    # outside
    "check.outside_city": N_("Places outside the city"),
    "definition.outside_city": N_("Rows more than {metres:metres} from the nearest of the city’s areas; rows whose coordinates are at fault are left out."),
    "reason.outside_city.no_city": N_("No city was named, so that nothing lies outside one. A city folder with a map of areas would be needed."),
    # moved
    "check.moved_sites": N_("Sites that moved"),
    "definition.moved_sites": N_("Sites whose place differs by more than {metres:metres} from one of their rows to the next."),
    "reason.moved_sites.once": N_("Each of the {n:count} sites has one row, so that none can have moved. A second snapshot would be needed."),
    # boundaries
    "check.boundary_points": N_("Points on shared boundaries"),
    "definition.boundary_points": N_("Rows whose point touches more than one area exactly. Each is counted once, in the area whose middle is nearest; neighbours within {metres:number} m are taken as possible too."),
    "reason.boundary_points.no_city": N_("There are no outlines of areas in whose system the places could be put, so that no boundary is met. A city folder with a map of areas would be needed."),
    # granularity
    "definition.spatial_granularity.coordinates": N_("How far a row’s true place may be from the one written: by the digits that coordinates keep, and, where most rows share their place with at least four others, by the distance between such places. Errors of measurement are not in it."),
    "definition.spatial_granularity.areas": N_("How far a row’s true place may be from the middle of its area: the radius of a circle as large as the smallest and the largest area with rows."),
    "reason.spatial_granularity.no_place": N_("No row has a place or an area. Coordinates or codes of areas would be needed."),
    # coverage
    "definition.spatial_coverage": N_("The share of areas with at least one row, and of residents who live in them. An empty area stands out if rows spread like residents would leave it empty less than once in twenty tables, all areas taken together."),
    "reason.spatial_coverage.no_areas": N_("No map of areas was given, so that empty ones cannot be told. A city folder would be needed."),
}
