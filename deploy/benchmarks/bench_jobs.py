"""Measures what jobs cost beside their work, what memory they take, and what a second node brings.

    deploy/benchmark.sh jobs overhead [--captions 100000 1000000] [--rounds 1]
    deploy/benchmark.sh jobs nodes [--captions 1000000] [--photos 96]

See jobs_overhead.py and jobs_nodes.py; 0 captions or photos leave that part of the nodes away. Both need a PostgreSQL below /usr/lib/postgresql, which is
shared by what is compared.
"""

import argparse
import os
import pathlib
import tempfile

import jobs_nodes
import jobs_overhead
from postgres import Server, programs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    overhead = parts.add_parser("overhead")
    overhead.add_argument("--captions", type=int, nargs="+", default=[100_000, 1_000_000])
    overhead.add_argument("--rounds", type=int, default=1)
    nodes = parts.add_parser("nodes")
    nodes.add_argument("--captions", type=int, default=1_000_000)
    nodes.add_argument("--photos", type=int, default=96)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        folder = pathlib.Path(scratch)
        with Server(programs()[-1], folder / "server") as server:
            part = {"overhead": jobs_overhead, "nodes": jobs_nodes}[options.part]
            part.measure(folder, server, options)


main()
