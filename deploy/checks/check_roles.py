"""Nodes by role on one database: one that serves has loaded nothing of ND4J and stays small; one that
works makes preparations and serves none."""

import pathlib
import re
import tempfile
import threading
import time

from expect import equal
from patience import PATIENCE
from postgres import Server, programs
from processes import MIB, resident
from service import Service, draw_sample

# What a server that only serves may take, in MiB, started as the JVM starts by itself in a container
# of 512 MB: a quarter of it for the heap, and the serial collector.
MOST_RESIDENT = 300
SECONDS_TO_START = 15
NATIVE = re.compile(r"nd4j|dnnl|openblas|jni(?!ca)|javacpp|libgomp", re.IGNORECASE)
CLASSES = re.compile(r"org\.(nd4j|deeplearning4j|bytedeco)\.")


class Node(Service):
    """A node of a role, which tells what it loads; all share one token."""

    def __init__(self, folder, roots, role, database, flags):
        self.loaded = folder / f"{role}-classes.log"
        super().__init__(
            folder / role,
            roots,
            **database,
            CAPTIONARY_ROLE=role,
            JAVA_TOOL_OPTIONS=f"{flags} -Xlog:class+load=info:file={self.loaded}:none",
            CAPTIONARY_ADMIN_TOKEN="admin-token-of-the-roles-check-0123456789",
            CAPTIONARY_TRAINER_TOKEN="trainer-token-of-the-roles-check-0123456789",
        )

    def start(self):
        (self.data_dir / "tokens").mkdir(exist_ok=True)
        token = self.environment["CAPTIONARY_ADMIN_TOKEN"]
        (self.data_dir / "tokens/admin").write_text(token)
        began = time.monotonic()
        super().start()
        self.seconds = time.monotonic() - began

    def natives(self):
        """Mapped libraries of ND4J and what it stands on."""
        maps = pathlib.Path(f"/proc/{self.process.pid}/maps").read_text()
        files = {line.split()[-1] for line in maps.splitlines() if ".so" in line}
        return sorted(file for file in files if NATIVE.search(pathlib.Path(file).name))

    def classes(self):
        """Loaded classes of ND4J and what it stands on."""
        text = self.loaded.read_text(errors="replace")
        return sorted({line.split()[0] for line in text.splitlines() if CLASSES.match(line)})


def pull(server, preparation, epochs):
    for epoch in range(epochs):
        query = f"size=64&shuffle=examples&seed=1&epoch={epoch}"
        number = 0
        while server.status(f"/api/preparations/{preparation}/batches/{number}.npz?{query}") == 200:
            number += 1


def check_worker(worker, sample):
    worker.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
    recipe = {"captions": "all", "features": "avg"}
    preparation = worker.run("sample", recipe)["preparation"]
    equal("a batch of the worker", worker.status(f"/api/preparations/{preparation}/batches/0"), 503)
    equal("the page of the worker", worker.status("/clients/captionary.py"), 503)
    equal("its metrics", worker.status("/q/metrics"), 200)
    equal("it has ND4J", bool(worker.classes()) and bool(worker.natives()), True)
    return preparation


def check_server(server, preparation):
    idle = resident(server.process.pid)
    trainers = [threading.Thread(target=pull, args=(server, preparation, 3)) for _ in range(4)]
    for trainer in trainers:
        trainer.start()
    for trainer in trainers:
        trainer.join()
    equal("a batch", server.status(f"/api/preparations/{preparation}/batches/0"), 200)
    equal("classes of ND4J", server.classes(), [])
    equal("libraries of ND4J", server.natives(), [])
    busy = resident(server.process.pid)
    print(
        f"serve: ready in {server.seconds:.1f} s; {idle / MIB:.0f} MiB at rest, {busy / MIB:.0f} MiB"
        " after 12 epochs"
    )
    if max(idle, busy) > MOST_RESIDENT * MIB:
        raise SystemExit(f"a server takes more than {MOST_RESIDENT} MiB")
    if server.seconds > SECONDS_TO_START * PATIENCE:
        raise SystemExit(f"a server takes more than {SECONDS_TO_START} s to start")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        scratch.chmod(0o755)
        sample = draw_sample(scratch, 60)
        with Server(programs()[-1], scratch / "database") as database:
            environment = database.environment()
            with Node(scratch, [scratch], "work", environment, "-Xmx1g") as worker:
                preparation = check_worker(worker, sample)
            with Node(scratch, [], "serve", environment, "-Xmx128m -XX:+UseSerialGC") as server:
                check_server(server, preparation)


main()
