"""Options that several commands on plain files share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

File: TypeAlias = Annotated[Path, typer.Argument(help="CSV, XLSX, Parquet, GeoJSON, GeoPackage …")]
Seed: TypeAlias = Annotated[int | None, typer.Option(min=0, help="Seed of all random draws.")]
Confidence: TypeAlias = Annotated[
    float, typer.Option(min=0.5, max=0.9999, help="Confidence of intervals.")
]
Sheet: TypeAlias = Annotated[str, typer.Option(help="Sheet or layer, where there are several.")]
Decimal: TypeAlias = Annotated[str, typer.Option(help="Decimal mark of the file: . or ,")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
