"""Evenground's opinion map with 20 resamples, in a process of its own; prints one JSON line."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from evenground.questions.voice.measures.opinions.opinion_map import opinion_map
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix

loaded = time.process_time()
work = json.load(sys.stdin)
votes = np.load(work["file"])["votes"]
times = []
for _ in range(work["rounds"]):
    begun = time.process_time()
    found = opinion_map(vote_matrix(votes), rng=np.random.default_rng(1), n_resamples=20)
    times.append(time.process_time() - begun)
sys.stdout.write(
    json.dumps(
        {
            # From an empty process to the first map, without reading what is asked.
            "first": loaded + times[0],
            "processor": sorted(times)[len(times) // 2],
            "groups": found.candidate.labels.tolist(),
            "inside": found.inside.tolist(),
            "reasons": found.reasons,
        }
    )
    + "\n"
)
