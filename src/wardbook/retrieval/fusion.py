"""Fusion of two rankings: normalised scores, weighted and summed; plain functions over arrays."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def normalised(scores: Floats) -> Floats:
    """Give z scores: mean 0 and standard deviation 1 over what was found; all 0 where all are equal."""
    spread = float(scores.std())
    if spread < 1e-12:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float64)


def fuse(dense: Mapping[int, float], words: Mapping[int, float], weight: float) -> list[tuple[int, float]]:
    """Fuse cosines and BM25 scores of passages by id into one ranking, best first; equal scores by id.

    Scores of 0 or below are no match and are dropped first. A passage that one side did not find counts there as that
    side's lowest. `weight` is the share of the dense side, 0 to 1.
    """
    sides = [({key: score for key, score in side.items() if score > 0}) for side in (dense, words)]
    ids = sorted(set(sides[0]) | set(sides[1]))
    total = np.zeros(len(ids))
    for side, share in zip(sides, (weight, 1 - weight), strict=True):
        if not side:
            continue
        scores = normalised(np.array(list(side.values())))
        found = dict(zip(side, scores.tolist(), strict=True))
        lowest = float(scores.min())
        total += share * np.array([found.get(key, lowest) for key in ids])
    return sorted(zip(ids, total.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
