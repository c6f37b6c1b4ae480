"""PyTorch's DataLoader as its documentation advises."""

import warnings

from torch.utils.data import DataLoader


def workers_loader(dataset, batch_size, workers):
    """With workers that live on from epoch to epoch and fetch ahead."""
    warnings.filterwarnings("ignore", "The given NumPy array is not writable")
    ahead = {"persistent_workers": True, "prefetch_factor": 4} if workers else {}
    return DataLoader(dataset, batch_size=batch_size, num_workers=workers, **ahead)
