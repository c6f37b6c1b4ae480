"""PostgreSQL hangs, is killed, stays away for half a minute and comes back, while batches are pulled
and pages are asked for: each answer is right and whole, or a 503 that says when to come again; the
client rides through it. Needs a PostgreSQL of the machine's own, and Linux."""

import collections
import concurrent.futures
import http.client
import json
import os
import pathlib
import sys
import tempfile
import threading
import time

from expect import equal
from patience import PATIENCE
from postgres import Server, programs
from service import ROOT, Service, draw_sample

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))

from captionary import Batches, Client  # noqa: E402

PHOTOS = 12
SIZE = 4
ORDER = "shuffle=examples&seed=3"
KILLED_AFTER = [0.01, 0.02, 0.05, 0.1]
AWAY_SECONDS = 30
# Two seconds, twice where a preparation is looked up first, beside what else the machine does.
LONGEST_ANSWER = 6
# What the acquisition of a connection may take, and a second to find out that an old one is dead.
LONGEST_WHEN_HUNG = 7
RESTARTS = 3


def ask(service, path, body=None):
    """Status, headers and whole body; a body that is cut off is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    headers = {"Authorization": "Bearer " + service.token, "Content-Type": "application/json"}
    method = "GET" if body is None else "POST"
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def outcome(service, page):
    """The status, or what broke, after how many seconds."""
    began = time.monotonic()
    try:
        status, headers, body = ask(service, *page)
    except (http.client.IncompleteRead, ConnectionError) as error:
        return type(error).__name__, {}, b"", time.monotonic() - began
    return status, headers, body, time.monotonic() - began


class Pages:
    """All that needs the database, and what it answers when all is well."""

    def __init__(self, service, preparation, dataset, job):
        self.service = service
        base = f"/api/preparations/{preparation}"
        reads = [
            "/api/preparations",
            f"{base}/vocabulary",
            f"{base}/tokenizer.json",
            f"{base}/descriptions.txt",
            f"{base}/features.npz?layer=avg",
            f"{base}/features.npz?layer=block5_pool",
            f"{base}/words.npz",
            f"{base}/sequences.npz",
            f"{base}/batches/0.npz?layer=avg",
            f"{base}/batches/3.safetensors?size=5&photo=pixels&shuffle=captions",
            f"{base}/batches/1.json?photo=none&shuffle=examples",
            "/api/datasets",
            "/api/datasets/sample",
            "/api/datasets/sample/quarantine",
            "/api/admin/jobs",
            "/api/admin/jobs/1",
        ]
        # Both are there already, which the database must say.
        writes = [("/api/datasets", dataset), ("/api/admin/jobs", job)]
        self.pages = [(path, None) for path in reads] + writes
        self.well = [ask(service, *page)[::2] for page in self.pages]

    def ask_all(self):
        """Page, what it answers when all is well, and its outcome; all are asked for at once."""
        with concurrent.futures.ThreadPoolExecutor(len(self.pages)) as threads:
            found = list(threads.map(lambda page: outcome(self.service, page), self.pages))
        return zip([page[0] for page in self.pages], self.well, found)

    def are_away(self, longest):
        for path, _, found in self.ask_all():
            self.is_away(path, found, longest)

    def is_away(self, path, found, longest):
        status, headers, body, seconds = found
        equal(path, (status, headers.get("Content-Type")), (503, "application/problem+json"))
        equal(path, int(headers["Retry-After"]) > 0, True)
        equal(path, json.loads(body)["type"], "urn:captionary:problem:unavailable")
        if seconds > longest * PATIENCE:
            raise SystemExit(f"{path}: {seconds:.1f} s until it was told")

    def are_well_or_away(self):
        """How they ended; a body that was begun may break, as that is seen."""
        statuses = []
        for path, well, found in self.ask_all():
            if found[0] == well[0]:
                self.is_well(path, well, found)
            elif found[0] != "IncompleteRead":
                self.is_away(path, found, LONGEST_ANSWER)
            statuses.append(found[0])
        return statuses

    def are_well(self):
        for path, well, found in self.ask_all():
            self.is_well(path, well, found)

    def is_well(self, path, well, found):
        equal(path, (found[0], found[2] == well[1]), (well[0], True))


def health(service):
    return ask(service, "/q/health/ready")[0], ask(service, "/q/health/live")[0]


def epoch(service, preparation):
    """The bytes of every batch, asked for one by one."""
    count = Batches(Client(service.url, service.token), preparation, size=SIZE, layer="avg").count
    path = f"/api/preparations/{preparation}/batches/%d.npz?size={SIZE}&layer=avg&{ORDER}"
    return [service.request(path % n) for n in range(count)]


class Trainer(threading.Thread):
    """Pulls an epoch through the client, some before the outage and the rest in it."""

    def __init__(self, service, preparation, cache_dir):
        super().__init__(daemon=True)
        client = Client(service.url, service.token)
        self.batches = Batches(
            client,
            preparation,
            size=SIZE,
            layer="avg",
            shuffle="examples",
            seed=3,
            cache_dir=str(cache_dir),
        )
        self.begun, self.goes_on = threading.Event(), threading.Event()
        self.pulled = 0
        self.error = None

    def run(self):
        try:
            for _ in self.batches:
                self.pulled += 1
                if self.pulled == self.batches.count // 3:
                    self.begun.set()
                    self.goes_on.wait()
        except Exception as error:
            self.error = error
            self.begun.set()


def hang(server, pages):
    """It takes connections and answers none, then goes on; all connections were used a moment before."""
    pages.are_well()
    server.freeze()
    try:
        pages.are_away(LONGEST_WHEN_HUNG)
        equal("ready, live", health(pages.service), (503, 200))
    finally:
        server.thaw()
    time.sleep(1)
    pages.are_well()


def kill(server, pages, seconds):
    """Queries that are under way break off. How many answers had which end."""
    killer = threading.Timer(seconds, server.kill)
    killer.start()
    statuses = pages.are_well_or_away()
    killer.join()
    return collections.Counter(statuses)


def away(pages, kept, expected):
    """Asks for everything until the time is over."""
    path = f"/api/preparations/{kept.preparation}/batches/%d.npz?size={SIZE}&layer=avg&{ORDER}"
    ends = time.monotonic() + AWAY_SECONDS
    rounds = 0
    while time.monotonic() < ends:
        pages.are_away(LONGEST_ANSWER)
        equal("ready, live", health(pages.service), (503, 200))
        for n, body in enumerate(expected):
            equal(f"kept batch {n}", ask(kept, path % n)[2] == body, True)
        rounds += 1
    return rounds


def is_back(server, service):
    server.start()
    began = time.monotonic()
    while health(service)[0] != 200:
        if time.monotonic() - began > 20:
            raise SystemExit("the service is not ready although its database is back")
        time.sleep(0.05)
    return time.monotonic() - began


def restart(server, pages):
    """No connection of the time before is given to a request of the time after."""
    # So many at once that the pool has all connections that there may be.
    pages.are_well()
    server.stop()
    server.start()
    pages.are_well()


def check(server, scratch, sample):
    cold_in = {**server.environment(), "CAPTIONARY_BATCHES_KEPT_BYTES": "0"}
    serving = {**server.environment(), "CAPTIONARY_ROLE": "serve"}
    with (
        Service(scratch / "cold", [scratch], **cold_in) as cold,
        Service(scratch / "kept", [scratch], **serving) as kept,
    ):
        cold.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
        dataset = cold.json("/api/datasets/sample")
        del dataset["lastImport"]
        recipe = {"features": ["avg", "block5_pool"]}
        preparation = kept.preparation = cold.prepare("sample", recipe)["id"]
        pages = Pages(cold, preparation, dataset, {"dataset": "sample", "recipe": recipe})
        pages.are_well()
        expected = epoch(kept, preparation)
        time.sleep(1)
        epoch(kept, preparation)

        trainer = Trainer(cold, preparation, scratch / "pulled")
        trainer.start()
        trainer.begun.wait()
        hang(server, pages)
        print("hung: told")
        for seconds in KILLED_AFTER:
            if server.process.poll() is not None:
                server.start()
                pages.are_well()
            print(f"killed {seconds} s after all were asked for:", dict(kill(server, pages, seconds)))
        trainer.goes_on.set()
        rounds = away(pages, kept, expected)
        print(f"away for {AWAY_SECONDS} s: asked for all pages {rounds} times")
        seconds = is_back(server, cold)
        pages.are_well()
        print(f"ready {seconds:.1f} s after the database")
        trainer.join(60)
        equal("the trainer's error", trainer.error, None)
        equal("pulled", trainer.pulled, len(expected))
        bodies = sorted(path.read_bytes() for path in (scratch / "pulled").rglob("*.npz"))
        equal("bytes of the epoch", bodies == sorted(expected), True)
        for _ in range(RESTARTS):
            restart(server, pages)
        print(f"restarted {RESTARTS} times: all pages are whole at once")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        scratch = pathlib.Path(scratch)
        sample = draw_sample(scratch, PHOTOS)
        with Server(programs()[-1], scratch / "server") as server:
            check(server, scratch, sample)


main()
