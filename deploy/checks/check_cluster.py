"""Two nodes on one PostgreSQL do one job, and end with the rows of an undisturbed run, whatever
happens meanwhile. Needs a PostgreSQL of the machine's own.

  check_cluster.py                      every part
  check_cluster.py kill --kills 10      one part, in its long form

`CHECK_PATIENCE=1` holds a quiet machine to the figures, such as a takeover within 15 s.
"""

import argparse
import os
import pathlib
import tempfile
import time

import cluster_control
import cluster_disk
import cluster_kill
import cluster_outage
import cluster_weights
from cluster import (
    HISTORY,
    Database,
    Node,
    at_once,
    describe_more,
    ended,
    epoch,
    register,
    submit,
)
from expect import equal
from postgres import Server, programs
from service import draw_sample

# For so many kills, and in proportion for more: else the job is over before them.
KILLS = 4
PHOTOS = 96
# Described photos without a file: their text alone takes several chunks, and nearly as long as a node takes to start.
DESCRIBED = 25_000
RECIPE = {"captions": "all"}
DEBUG = {"QUARKUS_LOG_CATEGORY__ORG_CAPTIONARY_INFERENCE__LEVEL": "DEBUG"}
PARTS = ["kill", "outage", "control", "weights", "disk"]


class Scene:
    """A server, a sample data set, what an undisturbed run makes of it, and two nodes."""

    def __init__(self, folder, server, kills):
        self.folder = folder
        self.server = server
        self.photos = PHOTOS * kills // KILLS
        self.sample = draw_sample(folder, self.photos)
        describe_more(self.sample / "Flickr8k_text", DESCRIBED * kills // KILLS)
        (self.sample / "Flicker8k_Dataset" / "torn.jpg").write_bytes(b"no photo")
        self.run_undisturbed()
        self.database = Database(server, "cluster")
        self.nodes = [self.node(name) for name in ("a", "b")]

    def node(self, name):
        return Node(self.folder / name, [self.folder], **self.database.environment(), **DEBUG)

    def run_undisturbed(self):
        database = Database(self.server, "calm")
        with Node(self.folder / "calm", [self.folder], **database.environment(), **DEBUG) as node:
            register(node, self.sample)
            job = submit(node, RECIPE)
            self.preparation = ended(node, job)["preparation"]
            self.rows = database.owned()
            self.batches = epoch(node, self.preparation)
            equal("photos extracted", node.extracted(), self.photos)
        print(f"undisturbed: {({table: count for table, (count, _) in self.rows.items()})}")

    def __enter__(self):
        at_once(*[node.start for node in self.nodes])
        self.database.rows(HISTORY)
        register(self.nodes[0], self.sample)
        return self

    def __exit__(self, *_):
        at_once(*[node.stop for node in self.nodes])

    def begin_anew(self):
        self.database.empty()
        register(self.nodes[0], self.sample)

    def is_as_undisturbed(self, job, preparation):
        self.is_same(self.database, job, preparation)

    def is_same(self, database, job, preparation):
        equal("preparation", preparation, self.preparation)
        equal("rows", database.owned(), self.rows)
        equal(f"nothing is left of job {job}", database.is_idle(job), True)


def run(scene, part, arguments):
    if part == "kill":
        cluster_kill.check(scene, arguments.kills, arguments.seed)
    elif part == "outage":
        cluster_outage.check(scene)
    elif part == "control":
        cluster_control.check(scene)
    elif part == "weights":
        cluster_weights.check(scene)
    else:
        cluster_disk.check(scene, arguments.with_log)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all if none is given")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--with-log", action="store_true", help="the server's log on the full disk")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        folder = pathlib.Path(scratch)
        with Server(programs()[-1], folder / "server") as server, Scene(
            folder, server, max(arguments.kills, KILLS)
        ) as scene:
            for part in arguments.parts or PARTS:
                began = time.monotonic()
                run(scene, part, arguments)
                scene.begin_anew()
                print(f"-- {part}: {time.monotonic() - began:.0f} s")


main()
