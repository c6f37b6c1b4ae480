"""Compares batches of block5_pool with a plain file of the same size from the same server.

    deploy/benchmark.sh static [--photos 8000] [--rounds 5]

Batches of 64 whole photos, compact npz, 6.4 MB each, read by bare sockets that throw the bytes
away, over one connection and over two. The file: so many random bytes in a folder that Quarkus's
own static handler serves (quarkus.http.static-dir), in the same process. Cold: the first pass after
a start, with the database's files in the system's memory. Warm: rounds of both take turns; medians.
"""

import argparse
import concurrent.futures
import os
import statistics
import time

import dataset
import processes
from wire import Reader

QUERY = f"photos={dataset.SMALL}&layer=block5_pool"


def static_folder(size):
    """The settings by which the service hands out a file of `size` bytes as /static/plain.bin."""
    folder = dataset.BELOW / "static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plain.bin").write_bytes(os.urandom(size))
    return {
        "QUARKUS_HTTP_STATIC_DIR_ENABLED": "true",
        "QUARKUS_HTTP_STATIC_DIR_PATH": str(folder),
        "QUARKUS_HTTP_STATIC_DIR_ENDPOINT": "/static",
    }


def pull(service, paths):
    reader = Reader(service)
    return sum(map(reader.get, paths))


def rate(service, paths, connections):
    """MB/s of a pass over the paths, and the server's processor seconds for each GB."""
    began, busy = time.perf_counter(), processes.processor_seconds(service.process.pid)
    with concurrent.futures.ThreadPoolExecutor(connections) as pool:
        shares = [paths[rank::connections] for rank in range(connections)]
        size = sum(pool.map(lambda share: pull(service, share), shares))
    busy = processes.processor_seconds(service.process.pid) - busy
    return size / (time.perf_counter() - began) / 1e6, busy / size * 1e9


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--photos", type=int, default=8000)
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    made = dataset.Dataset(options.photos)
    base = f"/api/preparations/{made.ids['full']}/batches"
    count = -(-options.photos // dataset.SMALL)
    batches = [f"{base}/{number}.npz?{QUERY}" for number in range(count)]
    with made.service() as service:
        size = Reader(service).get(batches[0])
    passes = {"batches": batches, "file": ["/static/plain.bin"] * count}
    for connections in (1, 2):
        compare(made, static_folder(size), passes, connections, options.rounds)


def compare(made, settings, passes, connections, rounds):
    with made.service(**settings) as service:
        cold = {what: rate(service, paths, connections) for what, paths in passes.items()}
        warm = {what: [] for what in passes}
        for _ in range(rounds):
            for what, paths in passes.items():
                warm[what].append(rate(service, paths, connections))
    print(f"\n{connections} connection(s)        cold MB/s  warm MB/s  server CPU s/GB")
    middle = {what: [statistics.median(column) for column in zip(*warm[what])] for what in passes}
    for what in passes:
        print(f"{what:22} {cold[what][0]:10,.0f} {middle[what][0]:10,.0f} {middle[what][1]:12.2f}")
    print(
        f"batches / file         {cold['batches'][0] / cold['file'][0]:10.2f}"
        f" {middle['batches'][0] / middle['file'][0]:10.2f}"
    )


if __name__ == "__main__":
    main()
