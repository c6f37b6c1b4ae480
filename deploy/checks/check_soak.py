"""Trainers that die and come back, beside readers that stall and vanish: nothing lost or growing.

    deploy/check-clients.sh deploy/checks/check_soak.py     # about a minute
    PYTHONPATH=deploy/checks deploy/in-venv.sh deploy/checks/requirements.txt python \
        deploy/checks/check_soak.py --minutes 10

Each epoch (shuffle=examples) is pulled by one to four processes of the Python client. Again and
again all are killed (SIGKILL) and another number of them goes on from the last step that every one
of them had done, as trainers go on from their last common checkpoint. What an epoch held, by
numbers and by content, must be every example once. Meanwhile readers ask for large batches, read a
little, and stall or close. The server's resident memory and its live heap must stay where they were
after warm-up.
"""

import argparse
import collections
import hashlib
import itertools
import json
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time

import processes
from service import ROOT, Service, draw_sample

CLIENTS = ROOT / "app/src/main/resources/clients"
sys.path.insert(0, str(CLIENTS))

PHOTOS = 40
SIZE = 8
WARM_UP = 0.3
STALLED, VANISHING = 4, 2
STALL_SECONDS = 3
SETTLE_SECONDS = 2
RSS_GROWTH = 96 << 20
HEAP_GROWTH = 16 << 20
# The heap is all there from the start, so that what grows is something else.
MEMORY = {"JAVA_TOOL_OPTIONS": "-Xms512m -Xmx512m -XX:+AlwaysPreTouch"}


def batches(service, **options):
    from captionary import Batches, Client

    client = Client(service["url"], service["token"])
    return Batches(client, service["preparation"], size=SIZE, seed=11, **options)


def digests(batch):
    """One for each example: its photo's features, the words so far, the next word."""
    rows = zip(batch["photo_index"], batch["sequences"], batch["targets"])
    photos = [row.tobytes() for row in batch["photos"]]
    parts = (photos[i] + words.tobytes() + target.tobytes() for i, words, target in rows)
    return [hashlib.sha1(example).hexdigest() for example in parts]


def train(service, epoch, start, rank, world, file):
    """A trainer: notes each step that it has done, in the order of its numbers."""
    mine = batches(service, shuffle="examples", rank=rank, world_size=world)
    mine.load_state_dict({**mine.state_dict(), "epoch": epoch, "next": start})
    with open(file, "w") as steps:
        for number, batch in zip(itertools.count(start + rank, world), mine):
            steps.write(json.dumps([number, digests(batch)]) + "\n")
            steps.flush()


class Trainers:
    """Some processes that pull one epoch from `start` on."""

    def __init__(self, service, epoch, start, world, folder):
        self.start, self.world = start, world
        self.files = [pathlib.Path(folder, f"{rank}.steps") for rank in range(world)]
        self.running = []
        for rank, file in enumerate(self.files):
            file.unlink(missing_ok=True)
            task = json.dumps([service, epoch, start, rank, world, str(file)])
            self.running.append(subprocess.Popen([sys.executable, __file__, "--train", task]))

    def lines(self):
        """What each has done; a line that was cut off by a kill is none."""
        texts = [file.read_text() if file.exists() else "" for file in self.files]
        return [text.split("\n")[:-1] for text in texts]

    def run(self, steps):
        """Until all are at the end, or have done so many steps together and are killed."""
        try:
            while any(process.poll() is None for process in self.running):
                if sum(map(len, self.lines())) >= steps:
                    break
                time.sleep(0.01)
        finally:
            for process in self.running:
                process.kill()
        codes = [process.wait() for process in self.running]
        if any(code not in (0, -9) for code in codes):
            raise SystemExit(f"trainers ended with {codes}")

    def common(self, count):
        """The number to go on from, and the steps below it, as [number, digests]."""
        done = [[json.loads(line) for line in lines] for lines in self.lines()]
        left = [
            len(steps)
            for rank, steps in enumerate(done)
            if len(steps) < len(range(self.start + rank, count, self.world))
        ]
        reached = self.start + min(left) * self.world if left else count
        return reached, [step for steps in done for step in steps if step[0] < reached]


def pull_epoch(service, epoch, count, chance, folder):
    """The epoch's steps, over all kills; and how many kills there were."""
    start, steps, kills = 0, [], 0
    while start < count:
        trainers = Trainers(service, epoch, start, chance.randint(1, 4), folder)
        trainers.run(chance.randint(1, max(8, count)))
        start, done = trainers.common(count)
        steps += done
        kills += start < count
    return steps, kills


def check_epoch(epoch, steps, count, expected):
    numbers = sorted(number for number, _ in steps)
    if numbers != list(range(count)):
        raise SystemExit(f"epoch {epoch}: the numbers pulled are {numbers} of {count}")
    found = collections.Counter(example for _, examples in steps for example in examples)
    if found != expected:
        lost, more = expected - found, found - expected
        raise SystemExit(f"epoch {epoch}: {lost.total()} examples lost, {more.total()} too many")


class BadReaders:
    """Threads that ask for batches of many pixels and do not take them."""

    def __init__(self, service, preparation):
        self.port = service.port
        self.request = (
            f"GET /api/preparations/{preparation}/batches/0.npz?photos={PHOTOS}&photo=pixels"
            f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {service.token}\r\n\r\n"
        ).encode()
        self.end = threading.Event()
        self.answers = collections.Counter()
        patience = [STALL_SECONDS] * STALLED + [0.1] * VANISHING
        self.threads = [threading.Thread(target=self.read, args=(p,)) for p in patience]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.end.set()
        for thread in self.threads:
            thread.join()

    def read(self, seconds):
        while not self.end.is_set():
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as reader:
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                reader.sendall(self.request)
                self.answers[reader.recv(1000).split(b"\r\n")[0].decode()] += 1
                self.end.wait(seconds)


class Memory:
    """Resident memory, sampled; and the live heap, when asked."""

    def __init__(self, pid):
        self.pid = pid
        self.samples = []

    def sample(self):
        self.samples.append(processes.resident(self.pid))

    def settled(self):
        """(resident, live heap) after a full collection."""
        heap = processes.live_heap(self.pid)
        self.sample()
        return self.samples[-1], heap


class Soak:
    """Epochs one after the other, beside bad readers; what they held is checked as they end."""

    def __init__(self, service, preparation, chance, folder):
        self.service, self.preparation = service, preparation
        self.chance, self.folder = chance, folder
        self.told = {"url": service.url, "token": service.token, "preparation": preparation}
        plain = batches(self.told)
        self.expected = collections.Counter(one for batch in plain for one in digests(batch))
        self.count = plain.count
        self.memory = Memory(service.process.pid)
        self.orders, self.kills, self.answers = [], 0, collections.Counter()

    def run(self, seconds):
        """(resident, live heap) when the bad readers are gone."""
        end = time.monotonic() + seconds
        with BadReaders(self.service, self.preparation) as readers:
            while time.monotonic() < end:
                self.run_epoch(len(self.orders))
        self.answers += readers.answers
        time.sleep(SETTLE_SECONDS)
        return self.memory.settled()

    def run_epoch(self, epoch):
        steps, kills = pull_epoch(self.told, epoch, self.count, self.chance, self.folder)
        check_epoch(epoch, steps, self.count, self.expected)
        self.orders.append(hashlib.sha1(json.dumps(sorted(steps)).encode()).hexdigest())
        self.kills += kills
        self.memory.sample()

    def check(self, warm, last):
        mib, epochs = processes.MIB, len(self.orders)
        print(
            f"{epochs} epochs of {self.expected.total()} examples, each once in every epoch, over"
            f" {self.kills} kills; bad readers: {dict(self.answers)}\n"
            f"resident: {warm[0] // mib} MiB after warm-up, {last[0] // mib} at the end, peak"
            f" {max(self.memory.samples) // mib}; live heap: {warm[1] // mib} MiB, then"
            f" {last[1] // mib}"
        )
        if len(set(self.orders)) != epochs or not self.kills:
            raise SystemExit("epochs have the same order, or no trainer was killed")
        if last[0] - warm[0] > RSS_GROWTH or last[1] - warm[1] > HEAP_GROWTH:
            raise SystemExit("the server's memory grows")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=0.75)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--train", type=json.loads, help=argparse.SUPPRESS)
    options = options.parse_args()
    if options.train:
        train(*options.train)
        return
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, PHOTOS)
        with Service(pathlib.Path(scratch, "service"), [scratch], **MEMORY) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            manifest = service.prepare("sample", {"captions": "all", "startEnd": True})
            soak = Soak(service, manifest["id"], random.Random(options.seed), scratch)
            warm = soak.run(options.minutes * 60 * WARM_UP)
            soak.check(warm, soak.run(options.minutes * 60 * (1 - WARM_UP)))


if __name__ == "__main__":
    main()
