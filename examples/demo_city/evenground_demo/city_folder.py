"""The clean city folder: ``city.toml`` and tables in several formats, without a problem in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evenground_demo.land import CRS
from evenground_demo.tables import (
    air,
    bins_in_need,
    crosswalk,
    geography,
    hand_written,
    income,
    internet,
    missed_collections,
    population,
    services,
    spending,
)
from evenground_demo.text_files import text_file
from evenground_demo.world import World
from evenground_demo.writers import (
    grid,
    write_csv,
    write_geojson,
    write_geopackage,
    write_text,
    write_workbook,
)

Rows = Sequence[Mapping[str, Any]]


def csv_tables(world: World) -> dict[str, Rows]:
    """Return every table that is written as CSV, by file name."""
    survey = population.survey_rows(world)
    return {
        "population_register_2024.csv": population.register_rows(world),
        "survey_2024.csv": [row for row in survey if row["low_income"] is not None],
        "low_income_2024.csv": income.income_rows(world, survey),
        "full_bins_found.csv": bins_in_need.found_rows(world),
        "overflow_reports.csv": bins_in_need.reported_rows(world),
        "missed_collections.csv": missed_collections.missed_rows(world),
        "missed_collections_2025.csv": missed_collections.missed_year_rows(world),
        "air.csv": air.air_rows(world),
        "no_internet_2018.csv": internet.internet_rows(world),
        "crosswalk_2018_2024.csv": crosswalk.crosswalk_rows(world),
        "accounts.csv": hand_written.account_rows(world),
        "uncounted_groups.csv": hand_written.uncounted_rows(),
        "datasets.csv": hand_written.dataset_rows(),
        "past_initiatives.csv": hand_written.past_rows(),
        "past_promises.csv": hand_written.past_promise_rows(),
        "needs.csv": hand_written.need_rows(),
        "basic_services.csv": hand_written.basic_service_rows(),
    }


def write_city(folder: Path, world: World) -> None:
    """Write the city folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "city.toml", text_file("city.toml"))
    for name, rows in csv_tables(world).items():
        write_csv(folder / name, rows)
    layers = {
        "small_areas_2024": geography.small_area_rows(world.editions.new, edition="2024"),
        "small_areas_2018": geography.small_area_rows(world.editions.old, edition="2018"),
        "districts_2024": geography.district_rows(world.districts, edition="2024"),
    }
    write_geopackage(folder / "areas.gpkg", layers, crs=CRS)
    write_geojson(folder / "blocks.geojson", geography.block_rows(world), crs=CRS)
    write_geojson(folder / "services.geojson", services.service_rows(world), crs=CRS)
    write_geojson(folder / "communities.geojson", hand_written.community_rows(world), crs=CRS)
    write_workbook(folder / "spending.xlsx", {"spending": grid(spending.spending_rows(world))})
