"""Evenground's opinion map with 20 resamples, in a process of its own; prints one JSON line."""

from __future__ import annotations

import json
import sys
import time

started = time.process_time()

import numpy as np  # noqa: E402 - loading counts too

from evenground.questions.voice.measures.opinions.opinion_map import opinion_map  # noqa: E402
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix  # noqa: E402

work = json.load(sys.stdin)
votes = np.load(work["file"])["votes"]
before = time.process_time()
times = []
for _ in range(work["rounds"]):
    begun = time.process_time()
    found = opinion_map(vote_matrix(votes), rng=np.random.default_rng(1), n_resamples=20)
    times.append(time.process_time() - begun)
sys.stdout.write(
    json.dumps(
        {
            "loading": before - started,
            "processor": sorted(times)[len(times) // 2],
            "groups": found.candidate.labels.tolist(),
            "inside": found.inside.tolist(),
            "reasons": found.reasons,
        }
    )
    + "\n"
)
