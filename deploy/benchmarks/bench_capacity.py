"""The measured rows of deploy/README.md's capacity table: what a photo and a caption take in the database,
what a process takes in memory by its role, how fast it starts, extracts and serves."""

import argparse
import http.client
import os
import pathlib
import tempfile
import threading
import time

from cluster import Database, describe_more
from postgres import Server, programs
from processes import MIB, processor_seconds, resident
from service import Service, draw_sample

PHOTOS = ["photo", "photo_split", "photo_pixels"]
FEATURES = ["photo_features"]
CAPTIONS = ["caption"]
PREPARED = ["clean_caption", "encoded_photo", "caption_run", "vocabulary", "vocabulary_word"]
SECONDS = 10
READERS = 4


def row(what, figure):
    print(f"| {what} | {figure} |", flush=True)


def size(database, tables):
    """On disk, with indices and TOAST."""
    return sum(database.one(f"SELECT pg_total_relation_size('{table}')") for table in tables)


def storage(service, database, photos, captions):
    service.prepare("sample", {"captions": "all", "features": "none"})
    row("database, a photo: its pixels", f"{size(database, PHOTOS) / photos / 1024:.0f} KiB")
    row("database, a caption as imported", f"{size(database, CAPTIONS) / captions:.0f} bytes")
    prepared = size(database, PREPARED) / captions
    row("database, a caption in each preparation", f"{prepared:.0f} bytes")
    used = processor_seconds(service.process.pid)
    preparation = service.run("sample", {"captions": "all", "extractor": "resnet50"})
    job = [step for step in preparation["steps"] if step["name"] == "features"][0]
    seconds = processor_seconds(service.process.pid) - used
    row("ResNet50, photos/s", f"{job['rate']:.1f}; {photos / seconds:.1f} a second of processor time")
    row("database, a photo's `avg` of ResNet50", f"{size(database, FEATURES) / photos:.0f} bytes")
    row("memory while it extracts and after", f"{resident(service.process.pid) / MIB:.0f} MB")
    return preparation["preparation"]


def serving(service, preparation):
    counts = [0] * READERS
    taken = [0] * READERS
    base = f"/api/preparations/{preparation}/batches"
    last = -(-service.json(f"/api/preparations/{preparation}")["servableExamples"] // 64)
    end = time.monotonic() + SECONDS

    def read(number):
        connection = http.client.HTTPConnection("127.0.0.1", service.port)
        n = number
        while time.monotonic() < end:
            path = f"{base}/{n % last}.npz?size=64&shuffle=examples&seed=1&epoch={n // last}"
            connection.request("GET", path, headers={"Authorization": "Bearer " + service.token})
            answer = connection.getresponse()
            taken[number] += len(answer.read())
            assert answer.status == 200, answer.status
            counts[number] += 1
            n += READERS

    used = processor_seconds(service.process.pid)
    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = processor_seconds(service.process.pid) - used
    rate = sum(counts) / SECONDS
    row(
        f"batches/s, 64 shuffled examples with features, {READERS} readers",
        f"{rate:.0f} ({sum(taken) / SECONDS / MIB:.0f} MB/s); {sum(counts) / used:.0f} a second of processor time",
    )


def role(name, data, scratch, database, preparation, token):
    environment = {
        **database.environment(),
        "CAPTIONARY_ROLE": name,
        "JDK_JAVA_OPTIONS": "-Xmx256m",
    }
    began = time.monotonic()
    with Service(data, [scratch], **environment) as service:
        started = time.monotonic() - began
        service.token = token
        memory = resident(service.process.pid) / MIB
        row(f"start of role `{name}`, until it is ready", f"{started:.1f} s, {memory:.0f} MB")
        serving(service, preparation)
        row(f"memory of role `{name}` after that, -Xmx256m", f"{resident(service.process.pid) / MIB:.0f} MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--more", type=int, default=20_000, help="described photos without a file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        scratch = pathlib.Path(scratch)
        sample = draw_sample(scratch, options.photos)
        describe_more(sample / "Flickr8k_text", options.more)
        with Server(programs()[-1], scratch / "server") as server:
            database = Database(server, "captionary")
            with Service(scratch / "data", [scratch], **database.environment()) as service:
                service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
                captions = 5 * (options.photos + options.more)
                preparation = storage(service, database, options.photos, captions)
                token = service.token
            role("serve", scratch / "data", scratch, database, preparation, token)


main()
