"""What checks say when something is not as it must be."""

import numpy as np


def equal(what, ours, theirs):
    if ours != theirs:
        raise SystemExit(f"{what}: {str(ours)[:300]} instead of {str(theirs)[:300]}")


def same(what, ours, theirs):
    if ours.shape != theirs.shape or not np.array_equal(ours, theirs):
        raise SystemExit(f"{what}: differ; shapes {ours.shape} and {theirs.shape}")
