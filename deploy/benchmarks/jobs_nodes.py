"""A job on one node and on two, each node having 0.3 of a core, PostgreSQL 1.4.

So a machine of two cores has room for both runs, and PostgreSQL, which takes more processor time for
text than the nodes do, bounds neither: as if nodes of one core shared one of four or five. Control
groups bound the processor time (limits.py), and each JVM is told that it has one processor. Nodes
start, load VGG16 and do a smaller job first, unbounded; then they are bounded and do the measured
jobs: a text without features, and real VGG16 (untrained weights, oneDNN, one thread) on photos of
the sample. Threads for jobs: the default. One node reads a caption file, so that of the import no
second one takes anything.
"""

import contextlib

import captions
from cluster import Database, Node, at_once
from limits import Limit
from processes import processor_seconds
from service import draw_sample
from timing import pids, seconds, server_seconds

NODE, SERVER = 0.3, 1.4
WARM_CAPTIONS, WARM_PHOTOS = 100_000, 32
TEXT = {"captions": "all", "features": "none"}
SHARED = ["clean", "vocabulary", "encode"]
ENVIRONMENT = {
    "CAPTIONARY_INFERENCE_ENGINE": "onednn",
    "CAPTIONARY_INFERENCE_THREADS": "1",
    "JAVA_TOOL_OPTIONS": "-XX:ActiveProcessorCount=1 -Xmx512m",
}


class Bench:
    def __init__(self, folder, server, options):
        self.folder = folder
        self.server = server
        self.options = options
        self.sample = draw_sample(folder, options.photos + WARM_PHOTOS)
        self.few = draw_sample(folder / "few", 8) / "Flicker8k_Dataset"

    def run(self, count):
        """Of each measured job its steps' seconds, and the processor seconds of nodes and server."""
        database = Database(self.server, f"nodes{count}")
        environment = {**ENVIRONMENT, **database.environment()}
        roots = [self.folder, captions.BELOW]
        nodes = [Node(self.folder / f"{count}-{n}", roots, **environment) for n in range(count)]
        with contextlib.ExitStack() as stack:
            for node in nodes:
                stack.enter_context(node)
            return self.jobs(nodes)

    def jobs(self, nodes):
        first, found = nodes[0], {}
        if self.options.captions:
            for amount in (WARM_CAPTIONS, self.options.captions):
                first.register(f"text-{amount}", self.few, captions.text(amount), ["train"])
            first.run(f"text-{WARM_CAPTIONS}", TEXT)
            found["text"] = self.bounded(nodes, f"text-{self.options.captions}", TEXT)
        if self.options.photos:
            first.register("sample", self.sample / "Flicker8k_Dataset", self.sample / "Flickr8k_text")
            warm = first.run("sample", {"limit": WARM_PHOTOS})
            if len(warm["steps"][-1]["nodes"]) != len(nodes):
                raise SystemExit("a node has not extracted anything yet")
            found["photos"] = self.bounded(nodes, "sample", {})
        return found

    def bounded(self, nodes, dataset, recipe):
        with contextlib.ExitStack() as stack:
            for number, node in enumerate(nodes):
                stack.enter_context(Limit(f"node{number}", NODE, [node.process.pid]))
            stack.enter_context(Limit("server", SERVER, pids(self.server)))
            before = self.used(nodes)
            job = nodes[0].run(dataset, recipe)
            used = [after - b for after, b in zip(self.used(nodes), before)]
        return {step["name"]: seconds(step) for step in job["steps"]}, used

    def used(self, nodes):
        return [server_seconds(self.server), *(processor_seconds(n.process.pid) for n in nodes)]


def measure(folder, server, options):
    bench = Bench(folder, server, options)
    one, two = bench.run(1), bench.run(2)
    print(f"\neach node {NODE} of a core, PostgreSQL {SERVER}")
    for what in one:
        report(what, one[what], two[what], options)


def report(what, one, two, options):
    if what == "text":
        print(f"{options.captions:,} captions      one node s  two nodes s  ratio")
        show("import", one, two, ["import"])
        for step in SHARED:
            show(step, one, two, [step])
        show("text steps", one, two, SHARED)
    else:
        print(f"{options.photos} photos          one node s  two nodes s  ratio")
        show("features", one, two, ["features"])
    for name, (_, (of_server, *of_nodes)) in (("one", one), ("two", two)):
        shown = ", ".join(f"{used:.1f}" for used in of_nodes)
        print(f"  processor seconds with {name}: PostgreSQL {of_server:.1f}, nodes {shown}")


def show(name, one, two, steps):
    of_one, of_two = (sum(run[0][step] for step in steps) for run in (one, two))
    print(f"{name:22} {of_one:10.2f} {of_two:12.2f} {of_one / of_two:6.2f}")
