"""Measures how long one batch takes, at 8,000 photos and at a hundred times as many.

    deploy/benchmark.sh latency [--photos 8000] [--requests 2000]

Batches of 64 examples, layer avg, compact npz, random numbers, one kept connection, nothing
fetched ahead: from sending the request to the last byte. The two preparations take turns, so that
what else the machine does hits both. The large one's rows are made from the small one's in SQL: the
same photos and captions a hundred times over, under other ids.
"""

import argparse
import random
import statistics
import time

import database
import dataset
import processes
from wire import Reader

TIMES = 100
SHUFFLES = ["none", "captions", "examples"]
SIZE = 64


def batches_of(service, preparation):
    return service.json(f"/api/preparations/{preparation}")["servableExamples"] // SIZE


def latencies(service, ids, shuffle, requests):
    """Seconds of each request, by preparation."""
    reader, chance = Reader(service), random.Random(shuffle)
    counts = {name: batches_of(service, preparation) for name, preparation in ids.items()}
    taken = {name: [] for name in ids}
    for _ in range(requests + requests // 4):
        for name, preparation in ids.items():
            path = (
                f"/api/preparations/{preparation}/batches/{chance.randrange(counts[name])}.npz"
                f"?size={SIZE}&layer=avg&shuffle={shuffle}&seed=1&epoch={chance.randrange(4)}"
            )
            began = time.perf_counter()
            reader.get(path)
            taken[name].append(time.perf_counter() - began)
    # The first fifth warms up.
    return {name: times[requests // 4 :] for name, times in taken.items()}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--photos", type=int, default=8000)
    options.add_argument("--requests", type=int, default=2000)
    options = options.parse_args()
    made = dataset.Dataset(options.photos)
    with made.service() as service, database.connect(made.service_folder) as connection:
        ids = {
            "small": made.ids["full"],
            "large": database.enlarge(connection, made.ids["full"], TIMES),
        }
    # A service that has seen neither.
    with made.service() as service:
        print("shuffle       photos   p50 ms   p99 ms  ratio of p50  of p99")
        for shuffle in SHUFFLES:
            show(shuffle, latencies(service, ids, shuffle, options.requests), options.photos)
        resident = processes.resident(service.process.pid) / processes.MIB
        print(f"the service's resident memory: {resident:,.0f} MiB")


def show(shuffle, taken, photos):
    small = quantiles(taken["small"])
    for name, times in taken.items():
        p50, p99 = quantiles(times)
        print(
            f"{shuffle:10} {photos * (TIMES if name == 'large' else 1):9,} {p50:8.2f} {p99:8.2f}"
            f" {p50 / small[0]:13.2f} {p99 / small[1]:7.2f}"
        )


def quantiles(times):
    hundredths = statistics.quantiles(times, n=100)
    return hundredths[49] * 1e3, hundredths[98] * 1e3


if __name__ == "__main__":
    main()
