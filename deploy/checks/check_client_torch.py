"""The Python client under PyTorch's data loaders, and torchdata's, and in a real Keras fit."""

import itertools
import os
import sys

from service import ROOT

CLIENTS = ROOT / "app/src/main/resources/clients"
# In the environment as well: spawned workers import the client too.
os.environ["PYTHONPATH"] = os.pathsep.join([str(CLIENTS), os.environ.get("PYTHONPATH", "")])
sys.path.insert(0, str(CLIENTS))

import torch  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402
from torchdata.stateful_dataloader import StatefulDataLoader  # noqa: E402

import faulty_server  # noqa: E402
from captionary import Batches, Client, expand, torch_dataset, torch_loader  # noqa: E402
from expect import equal, same  # noqa: E402
from faulty_server import FaultyServer  # noqa: E402

COUNT = 11
# Spawned workers take seconds to start, so not each number of them is spawned.
WORKERS = [(0, None), (2, "fork"), (3, "fork"), (2, "spawn")]


def start(workers, method):
    return {"num_workers": workers, "multiprocessing_context": method}


def numbers(loop):
    return [int(batch["targets"][0]) for batch in loop]


def made(server, **parameters):
    return Batches(Client(server.url), "p", shuffle="examples", **parameters)


def tensors(server):
    batch = next(iter(torch_loader(made(server))))
    theirs = faulty_server.arrays(0)
    equal("names", list(batch), list(theirs))
    for name, array in theirs.items():
        same(name, batch[name].numpy(), array)
    types = [str(tensor.dtype) for tensor in batch.values()]
    equal("types", types, ["torch.float32"] + ["torch.int64"] * 3)
    equal("expanded", expand(batch)["photos"].shape, torch.Size([3, 20_000]))


def plain(server):
    """A plain DataLoader over the dataset, for a rank of two and for one alone."""
    for workers, method in WORKERS:
        for rank, world in ((0, 1), (1, 2)):
            batches = made(server, rank=rank, world_size=world)
            loader = DataLoader(torch_dataset(batches), batch_size=None, **start(workers, method))
            for epoch in range(2):
                batches.set_epoch(epoch)
                loop = [batch["targets"][:2].tolist() for batch in loader]
                equal("each once, in order", loop, [[n, epoch] for n in range(rank, COUNT, world)])


def states(server):
    """`batches` counts what was delivered, whatever workers have fetched; and goes on there."""
    for workers, method in WORKERS:
        for more in [{}, {"persistent_workers": True}] if method == "fork" else [{}]:
            batches = made(server)
            loader = torch_loader(batches, **start(workers, method), **more)
            for n, batch in enumerate(itertools.islice(loader, 4)):
                equal("number", int(batch["targets"][0]), n)
                equal("state", (batches.epoch, batches.next), (0, n + 1))
            equal("after a break", numbers(loader), list(range(4, COUNT)))
            equal("next epoch", (batches.epoch, batches.next), (1, 0))
            last = [batch["targets"][:2].tolist() for batch in loader]
            equal("second epoch", last, [[n, 1] for n in range(COUNT)])
            other = made(server)
            other.load_state_dict({**batches.state_dict(), "epoch": 5, "next": 9})
            equal("resumed", numbers(torch_loader(other, **start(workers, method))), [9, 10])


def stateful(server):
    """torchdata's loader resumes after any batch, its workers' states being the datasets'."""
    for workers in (0, 2, 3):
        for stop in range(1, COUNT, 3):
            loader = StatefulDataLoader(
                torch_dataset(made(server)), batch_size=None, num_workers=workers
            )
            equal("first", numbers(itertools.islice(loader, stop)), list(range(stop)))
            state = loader.state_dict()
            again = StatefulDataLoader(
                torch_dataset(made(server)), batch_size=None, num_workers=workers
            )
            again.load_state_dict(state)
            equal(f"{workers} workers, after {stop}", numbers(again), list(range(stop, COUNT)))


def main():
    with FaultyServer(COUNT) as server:
        for check in (tensors, plain, states, stateful):
            check(server)
    print("client: PyTorch's loaders give each batch once and in order, and resume")


# Spawned workers import this file.
if __name__ == "__main__":
    main()
