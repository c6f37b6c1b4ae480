"""A job without features against the same domain code and PostgreSQL adapters run directly.

Directly: DirectJob.java, one thread and one connection, each step once and in one transaction,
words counted and examples numbered in one pass; no chunks, no queue. The job: one thread
(captionary.jobs.threads=1), from its submission to its end. Both begin in a fresh process on a fresh
database of the same server, with a heap of at most HEAP, and may use the same processors; they take
turns. Described photos have no files, so that on neither side examples are servable. Overhead: the
part of the job's time that the direct run does not need. Heap: the most that is in use after a
collection, which may have left garbage. Live heap: the most that is in use after full collections, a
second apart, in another run of the job, whose time is not taken.
"""

import contextlib
import pathlib
import re
import statistics
import subprocess
import threading

import captions
from cluster import Database
from service import JAR, Service, draw_sample
from timing import seconds, server_seconds

HEAP = "192m"
RECIPE = {"captions": "all", "features": "none"}
JARS = ":".join(str(JAR.parent / part) for part in ("lib/boot/*", "lib/main/*", "app/*"))
STEPS = ["import", "clean", "vocabulary", "encode"]


def options_of(log):
    manager = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"
    return [f"-Xmx{HEAP}", f"-Xlog:gc:file={log}", manager]


def peak_heap(log, kind=""):
    """MB in use after a collection, or after one of a kind, at most."""
    after = re.findall(rf"{kind}.*->(\d+)M\(", log.read_text())
    return max(map(int, after))


@contextlib.contextmanager
def collecting(process):
    """Full collections meanwhile."""
    ended = threading.Event()

    def collect():
        while not ended.wait(1):
            command = ["jcmd", str(process.pid), "GC.run"]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    thread = threading.Thread(target=collect)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Bench:
    def __init__(self, folder, server):
        self.folder = folder
        self.server = server
        self.runs = 0
        self.classes = folder / "classes"
        source = pathlib.Path(__file__).with_name("DirectJob.java")
        subprocess.run(["javac", "-nowarn", "-d", self.classes, "-cp", JARS, source], check=True)
        self.photos = draw_sample(folder, 8) / "Flicker8k_Dataset"

    def fresh(self):
        self.runs += 1
        return Database(self.server, f"run{self.runs}"), self.folder / f"gc-{self.runs}.log"

    def directly(self, texts):
        """Seconds of each step and of all, processor seconds of the server, peak heap."""
        database, log = self.fresh()
        url = database.environment()["QUARKUS_DATASOURCE_JDBC_URL"]
        main = "org.captionary.persistence.postgres.DirectJob"
        command = ["java", *options_of(log), "-cp", f"{self.classes}:{JARS}", main]
        before = server_seconds(self.server)
        ran = subprocess.run(
            [*command, url, self.photos, texts], stdout=subprocess.PIPE, text=True, check=True
        )
        steps = dict(line.split() for line in ran.stdout.splitlines())
        steps = {name: float(value) for name, value in steps.items()}
        used = server_seconds(self.server) - before
        return {**steps, "total": sum(steps.values()), "server": used, "heap": peak_heap(log)}

    def by_job(self, texts):
        log, job, used = self.ran(texts)
        steps = {step["name"]: seconds(step) for step in job["steps"]}
        return {**steps, "total": seconds(job, "createdAt"), "server": used, "heap": peak_heap(log)}

    def live(self, texts):
        """MB of heap that the job cannot do without, at most."""
        return peak_heap(self.ran(texts, collecting)[0], "Pause Full")

    def ran(self, texts, beside=contextlib.nullcontext):
        """The log of collections, the job, and processor seconds of the server."""
        database, log = self.fresh()
        environment = {
            **database.environment(),
            "CAPTIONARY_JOBS_THREADS": "1",
            "JAVA_TOOL_OPTIONS": " ".join(options_of(log)),
        }
        data = self.folder / f"data-{self.runs}"
        with Service(data, [self.folder, texts.parent], **environment) as service:
            service.register("text", self.photos, texts, ["train"])
            before = server_seconds(self.server)
            with beside(service.process):
                job = service.run("text", RECIPE)
            used = server_seconds(self.server) - before
        return log, job, used


def measure(folder, server, options):
    bench = Bench(folder, server)
    heaps = {}
    for amount in options.captions:
        texts = captions.text(amount)
        runs = [(bench.directly(texts), bench.by_job(texts)) for _ in range(options.rounds)]
        direct, job = (middle([pair[side] for pair in runs]) for side in (0, 1))
        report(amount, direct, job)
        heaps[amount] = bench.live(texts)
    shown = ", ".join(f"{heap:.0f} MB at {amount:,}" for amount, heap in heaps.items())
    print(f"\nlive heap of the job, at most: {shown} captions (-Xmx{HEAP})")


def middle(runs):
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def report(amount, direct, job):
    print(f"\n{amount:,} captions    directly s    job s  job / directly")
    for name in [*STEPS, "total", "server"]:
        shown = "PostgreSQL's processor" if name == "server" else name
        print(f"{shown:22} {direct[name]:7.2f} {job[name]:8.2f} {job[name] / direct[name]:15.2f}")
    overhead = 1 - direct["total"] / job["total"]
    print(f"overhead of the job: {overhead:.1%} of its time; {amount / job['total']:,.0f} captions/s")
    print(f"heap after collections: directly {direct['heap']:.0f} MB, job {job['heap']:.0f} MB")
