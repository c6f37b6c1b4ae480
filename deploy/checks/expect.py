"""What checks say when something is not as it must be."""

import numpy as np

# Of a manifest: what depends on the data set and the recipe alone.
FIGURES = [
    "describedPhotos",
    "photos",
    "captions",
    "emptyCaptions",
    "vocabularySize",
    "maxLength",
    "examples",
    "servableExamples",
    "splits",
]


def equal(what, ours, theirs):
    if ours != theirs:
        raise SystemExit(f"{what}: {str(ours)[:300]} instead of {str(theirs)[:300]}")


def same(what, ours, theirs):
    if ours.shape != theirs.shape or not np.array_equal(ours, theirs):
        raise SystemExit(f"{what}: differ; shapes {ours.shape} and {theirs.shape}")


def same_figures(ours, theirs):
    """Of two manifests."""
    for figure in FIGURES:
        equal(figure, ours[figure], theirs[figure])
