"""Compares batches of block5_pool with a plain file of the same size from the same server.

    deploy/benchmark.sh static [--photos 8000] [--rounds 40]

Batches of 64 whole photos, compact npz, 6.4 MB each, read by bare sockets that throw the bytes
away, over one connection and over two. The file: so many random bytes that Vert.x, the HTTP server
below the service, sends out of a process of its own (PlainFile.java). Cold: the first pass after
a start, with the database's files in the system's memory. Warm: rounds of both take turns; medians
of the second half, as Java compiles what it runs while it runs, for some twenty passes.
"""

import argparse
import concurrent.futures
import os
import pathlib
import socket
import statistics
import subprocess
import time

import dataset
import processes
from service import JAR, free_port
from wire import Reader

QUERY = f"photos={dataset.SMALL}&layer=block5_pool"


class PlainFile:
    """A server that sends a file of `size` bytes for any request, on the service's own jars."""

    token = "none"

    def __init__(self, size):
        self.port = free_port()
        self.path = dataset.BELOW / "plain.bin"
        self.path.write_bytes(os.urandom(size))

    def __enter__(self):
        source = pathlib.Path(__file__).with_name("PlainFile.java")
        jars = JAR.parent / "lib/main/*"
        command = ["java", "-cp", str(jars), str(source), str(self.port), str(self.path)]
        self.process = subprocess.Popen(command)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server of the plain file has not started")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


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
    options.add_argument("--rounds", type=int, default=40)
    options = options.parse_args()
    made = dataset.Dataset(options.photos)
    base = f"/api/preparations/{made.ids['full']}/batches"
    count = -(-options.photos // dataset.SMALL)
    batches = [f"{base}/{number}.npz?{QUERY}" for number in range(count)]
    with made.service() as service:
        size = Reader(service).get(batches[0])
    for connections in (1, 2):
        compare(made, size, batches, connections, options.rounds)


def compare(made, size, batches, connections, rounds):
    with made.service() as service, PlainFile(size) as file:
        passes = {"batches": (service, batches), "file": (file, ["/"] * len(batches))}
        cold = {what: rate(*passes[what], connections) for what in passes}
        rates = [{what: rate(*passes[what], connections) for what in passes} for _ in range(rounds)]
        warm = rates[rounds // 2 :]
    print(f"\n{connections} connection(s)        cold MB/s  warm MB/s  server CPU s/GB")
    middle = {
        what: [statistics.median(column) for column in zip(*(both[what] for both in warm))]
        for what in passes
    }
    for what in passes:
        print(f"{what:22} {cold[what][0]:10,.0f} {middle[what][0]:10,.0f} {middle[what][1]:12.2f}")
    print(
        f"batches / file         {cold['batches'][0] / cold['file'][0]:10.2f}"
        f" {middle['batches'][0] / middle['file'][0]:10.2f}"
    )


if __name__ == "__main__":
    main()
