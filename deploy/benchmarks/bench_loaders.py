"""Measures loaders of training data: examples/s and MB/s that one Python process can pull.

    deploy/benchmark.sh loaders [--photos 8000] [--seconds 10] [--rounds 3]
                                [--layers avg block5_pool] [--sizes 64 1024]

All yield the same work, which is proven first on a whole epoch of 64 photos: batches of numpy
arrays or tensors, photos (compact, each photo once beside an index; or expanded, a row an example),
words so far padded to maxLength, next word. Data: sample photos and captions, random numbers as
features. Each measurement is a process of its own that pulls for some seconds, through several
epochs or a part of one, after a quarter of that to get going; our service is kept warm, the peers'
files are in the system's memory. Rounds take turns over the loaders; the tables show medians. The
first round tries each loader's settings (layout of its files, workers; ours with photos kept in the
trainer's memory or pulled for each batch), later ones only the best of
them. Files of one sample an example are made for layer avg alone: for block5_pool they would take
36 GB. Last comes the time to a first batch: ours from a service that was just started, photos not kept;
MosaicML Streaming's into a fresh cache; all without the time that Python takes to import libraries.

The tutorial's targets are one-hot rows; the sample data's vocabulary is small, a real one makes these
rows, and the tutorial's generator, much slower.
"""

import argparse
import collections
import functools
import hashlib
import importlib
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import time

import dataset
import numpy as np

OURS = "captionary"
TUTORIAL = "tutorial's generator"
IN_MEMORY = "in memory, hand-optimised"
WEBDATASET = "WebDataset"
MOSAIC = "MosaicML Streaming"
ORDERS = ["examples", "captions"]
WORKERS = [0, 1, 2]
WARM_UP_SECONDS = 8


LOADERS = {
    OURS: ("ours", "Ours"),
    TUTORIAL: ("peer_tutorial", "Tutorial"),
    IN_MEMORY: ("peer_memory", "InMemory"),
    WEBDATASET: ("peer_webdataset", "WebDataset"),
    MOSAIC: ("peer_mosaic", "Mosaic"),
}


def loader_class(name):
    module, of = LOADERS[name]
    return getattr(importlib.import_module(module), of)


def settings(name, layer, order):
    """What a loader is tried with."""
    if name == OURS:
        return [
            {"encoding": encoding, "keep_photos": place}
            for encoding, place in itertools.product(("npz", "safetensors"), (None, "memory"))
        ]
    if name == TUTORIAL:
        return [{}] if order == "captions" else []
    if name == IN_MEMORY:
        return [{}]
    layouts = ["example", "photo"] if layer == "avg" and order == "examples" else ["photo"]
    return [{"layout": a, "workers": b} for a, b in itertools.product(layouts, WORKERS)]


def write_files(exported, layers):
    for layer in layers:
        for layout in ["photo", "example"] if layer == "avg" else ["photo"]:
            for name, prefix in ((WEBDATASET, "wds"), (MOSAIC, "mds")):
                folder = exported.folder / f"{prefix}-{layer}-{layout}"
                done = folder.with_suffix(".done")
                if not done.exists():
                    dataset.note(f"writing {folder.name} of {exported.folder.name}")
                    shutil.rmtree(folder, ignore_errors=True)
                    loader_class(name).write(exported, layer, layout)
                    done.touch()


# What runs in the process of one measurement.


def measure(loader, seconds):
    began = time.perf_counter()
    batches = itertools.chain.from_iterable(loader.epoch(number) for number in itertools.count())
    next(batches)
    first = time.perf_counter() - began
    if not seconds:
        return {"first": first}
    warm = time.perf_counter()
    while time.perf_counter() - warm < seconds / 4:
        next(batches)
    examples = size = 0
    start = time.perf_counter()
    while (passed := time.perf_counter() - start) < seconds:
        batch = next(batches)
        examples += len(batch[3])
        size += sum(array.nbytes for array in batch if array is not None)
    form = "expanded" if batch[1] is None else "compact"
    return {"rate": examples / passed, "bytes": size / passed, "first": first, "photos": form}


def digests(loader):
    """How often an epoch holds each (photo, sequence, target)."""
    counts = collections.Counter()
    for photos, index, sequences, targets in loader.epoch(0):
        photos, sequences, targets = (np.asarray(a) for a in (photos, sequences, targets))
        if targets.ndim == 2:
            targets = targets.argmax(axis=1)
        rows = [hashlib.sha1(row.tobytes()).hexdigest() for row in photos]
        rows = rows if index is None else [rows[i] for i in np.asarray(index)]
        sequences, targets = sequences.astype("int32"), targets.astype("int32")
        counts.update((r, s.tobytes(), int(t)) for r, s, t in zip(rows, sequences, targets))
    return counts


def digest_of(counts):
    text = repr(sorted(counts.items())).encode()
    return {"examples": counts.total(), "digest": hashlib.sha256(text).hexdigest()}


def run(task):
    exported, make = dataset.Exported(task["folder"]), loader_class(task["name"])
    began = time.perf_counter()
    loader = make(exported, **task["arguments"])
    opened = time.perf_counter() - began
    if task["seconds"] is None:
        return digest_of(digests(loader))
    result = measure(loader, task["seconds"])
    return {**result, "first": result["first"] + opened}


# What runs in the process that asks for measurements.


def in_process(task):
    command = [sys.executable, __file__, "--task", json.dumps(task)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer.splitlines()[-1])


class Measurements:
    """Runs tasks against a service of the data set."""

    def __init__(self, made):
        self.made = made

    def task(self, service, which, name, seconds, **arguments):
        if name == OURS:
            arguments["service"] = {"url": service.url, "token": service.token}
            arguments["preparation"] = self.made.ids[which]
        folder = str(getattr(self.made, which).folder)
        return in_process(
            {"name": name, "folder": folder, "seconds": seconds, "arguments": arguments}
        )

    def prove_same_work(self, service, layers):
        for layer in layers:
            seen = {}
            for name, order in itertools.product(LOADERS, ORDERS):
                for setting in settings(name, layer, order):
                    what = (name, order, *setting.values())
                    seen[what] = self.task(
                        service, "small", name, None, layer=layer, size=64, order=order, **setting
                    )
            expected = next(iter(seen.values()))
            wrong = {what: got for what, got in seen.items() if got != expected}
            if wrong:
                raise SystemExit(f"not the same examples as {expected}: {wrong}")
            dataset.note(
                f"{layer}: {len(seen)} loaders and settings yield the same"
                f" {expected['examples']} examples in an epoch of {dataset.SMALL} photos"
            )

    def compare(self, layer, size, seconds, rounds):
        """What came out, by (name, order, setting)."""
        results = collections.defaultdict(list)
        with self.made.service() as service:
            for order, setting in itertools.product(ORDERS, settings(OURS, layer, "examples")):
                work = {"layer": layer, "size": size, "order": order, **setting}
                self.task(service, "full", OURS, WARM_UP_SECONDS, **work)
            for number in range(rounds):
                for name, order in itertools.product(LOADERS, ORDERS):
                    tried = settings(name, layer, order)
                    if number:
                        tried = tried and [best(results, name, order)]
                    for setting in tried:
                        work = {"layer": layer, "size": size, "order": order, **setting}
                        result = self.task(service, "full", name, seconds, **work)
                        results[name, order, tuple(setting.items())].append(result)
                        dataset.note(f"{name} {work}: {result['rate']:,.0f} examples/s")
        return results

    def first_batch(self, rounds, layer, size, name, order, setting):
        """Seconds to the first batch, each time from a start."""
        fresh = {MOSAIC: {"fresh": True}, OURS: {"keep_photos": None}}.get(name, {})
        work = {"layer": layer, "size": size, "order": order, **setting, **fresh}
        taken = []
        for _ in range(rounds):
            with self.made.service() as service:
                taken.append(self.task(service, "full", name, 0, **work)["first"])
        return statistics.median(taken)


def key_of(results, name, order):
    mine = [key for key in results if key[:2] == (name, order)]
    return max(mine, key=lambda key: median(results[key], "rate"))


def best(results, name, order):
    """The setting of a loader that was the fastest so far."""
    return dict(key_of(results, name, order)[2])


def median(results, what):
    return statistics.median(result[what] for result in results)


def table(results, first_batch):
    """Prints a row a loader; `first_batch` measures what the last column says."""
    row = "{:27} {:30} {:9} {:>11} {:>8} {:>7} {:>9}"
    for order in ORDERS:
        heads = (f"order: {order}", "best of", "photos", "examples/s", "MB/s", "ratio", "first, s")
        print("\n" + row.format(*heads))
        ours = median(results[key_of(results, OURS, order)], "rate")
        for name in LOADERS:
            if any(key[:2] == (name, order) for key in results):
                taken = results[key_of(results, name, order)]
                setting = best(results, name, order)
                rate = median(taken, "rate")
                cells = (
                    name,
                    ", ".join(f"{k} {v}" for k, v in setting.items()),
                    taken[0]["photos"],
                    f"{rate:,.0f}",
                    f"{median(taken, 'bytes') / 1e6:,.0f}",
                    f"{rate / ours:.2f}",
                    f"{first_batch(name, order, setting):.2f}",
                )
                print(row.format(*cells), flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--photos", type=int, default=8000)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--layers", nargs="+", choices=dataset.SHAPES, default=list(dataset.SHAPES)
    )
    options.add_argument("--sizes", nargs="+", type=int, default=[64, 1024])
    options.add_argument("--task", type=json.loads, help=argparse.SUPPRESS)
    options = options.parse_args()
    if options.task:
        print(json.dumps(run(options.task)))
        return
    made = dataset.Dataset(options.photos)
    for exported in (made.small, made.full):
        write_files(exported, options.layers)
    measurements = Measurements(made)
    with made.service() as service:
        measurements.prove_same_work(service, options.layers)
    for layer, size in itertools.product(options.layers, options.sizes):
        results = measurements.compare(layer, size, options.seconds, options.rounds)
        print(f"\nlayer {layer}, batches of {size} examples, random numbers as features")
        table(
            results,
            functools.partial(measurements.first_batch, options.rounds, layer, size),
        )


if __name__ == "__main__":
    main()
