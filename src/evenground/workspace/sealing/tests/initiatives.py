"""A small initiative in a folder, with all that a seal covers, to be changed by tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from evenground.workspace.sealing import Terms
from evenground.workspace.sealing.files import OPENED, PUBLIC, RecordFiles

DAY = date(2026, 3, 2)
TABLES = {
    "promises.csv": "promise_id,words,target,outcome_source,baseline_dataset\n"
    "B1,A quarter fewer full bins,3.0,outcomes,rounds\n"
    "B2,37 % fewer trips,63,,\n",
    "evaluation.csv": "promise_id,alpha,assignment\nB1,0.05,lots.json\n",
    "harms.csv": "harm_id,promise_id,indicator,limit\nnoise,B1,noise_complaints,2\n",
    "responses.csv": "promise_id,result,response\nB1,stop,End the licence\n",
    "outcomes.csv": "indicator,unit_id,period,value\n"
    "full_bins,0101,2026-01,4\nfull_bins,0101,2026-02,5\n",
    "lots.json": '{"seed": 7}\n',
    "rounds_2025.csv": "day,bins\n2025-11-30,12\n2025-12-31,9\n",
    "initiative_datasets.csv": "dataset_id,title,file\nrounds,Rounds driven,rounds_2025.csv\n",
}
TOML = 'format = 1\ntitle = "Closed bins"\nstage = "proposed"\n'


@dataclass
class Proposal:
    """A folder with an initiative; every text and every key in it is made up."""

    path: Path
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Write the folder."""
        self.path.mkdir()
        (self.path / "initiative.toml").write_text(TOML, encoding="utf-8")
        for name, text in TABLES.items():
            (self.path / name).write_text(text, encoding="utf-8")

    def terms(self, day: date = DAY, **more) -> Terms:
        """Return terms with a day and a key that is counted."""
        key = next(self.keys)
        return Terms(today=day, draw_key=lambda: key.to_bytes(32, "big"), **more)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the one place where ``old`` stands."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def files(self) -> RecordFiles:
        """Where its record lies."""
        return RecordFiles(self.path)

    def contents(self) -> dict[str, bytes]:
        """Return all files of the record."""
        paths = (self.path / PUBLIC, self.path / OPENED, self.files.private)
        return {path.name: path.read_bytes() for path in paths if path.exists()}
