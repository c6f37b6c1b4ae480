"""The service's memory stays flat while features are extracted, and photos that are sent at the same
time get the same numbers as when nothing else runs.

    check_extraction.py [--photos 120]

Prints photos/s of the job by itself and beside the sent photos: one network computes for all, so
they share the processor and no more.
"""

import argparse
import pathlib
import tempfile
import threading
import time

import processes
from check_photo import features
from expect import equal
from service import Service, draw_sample

SENDERS = 2
GROWTH = 200 * processes.MIB


def sent(service, file):
    return features(service, file, "layers=avg,fc1")


def send_until(stop, service, files, expected, counts):
    while not stop.is_set():
        for file in files:
            found = sent(service, file)
            for layer, array in expected[file].items():
                equal(f"{layer} of {file.name}", found[layer].tobytes(), array.tobytes())
            counts.append(file.name)


def progress(service, job):
    """How many photos have features, again and again until the job is done."""
    while job["state"] in ("QUEUED", "RUNNING"):
        time.sleep(0.2)
        job = service.json(f"/api/admin/jobs/{job['id']}")
        yield from (s["done"] for s in job["steps"] if s["name"] == "features" and s["done"])
    equal("state", job["state"], "SUCCEEDED")


def run(service, files, expected, photos):
    """Extracts one half of the photos alone, the other beside the senders."""
    stop, counts, seen = threading.Event(), [], []
    task = (stop, service, files, expected, counts)
    senders = [threading.Thread(target=send_until, args=task) for _ in range(SENDERS)]
    recipe = {"features": ["avg", "fc1"]}
    job = service.json("/api/admin/jobs", {"dataset": "sample", "recipe": recipe})
    for done in progress(service, job):
        seen.append((time.perf_counter(), done, processes.resident(service.process.pid)))
        if done * 2 >= photos and not senders[0].ident:
            for sender in senders:
                sender.start()
            half = len(seen) - 1
    stop.set()
    for sender in senders:
        sender.join()
    report(seen[: half + 1], seen[half:], counts)


def rate(seen):
    (begin, first, _), (end, last, _) = seen[0], seen[-1]
    return (last - first) / (end - begin)


def report(alone, shared, counts):
    sent = len(counts) / (shared[-1][0] - shared[0][0])
    before, after = alone[0][2], max(resident for _, _, resident in alone + shared)
    print(
        f"photos/s: {rate(alone):.1f} alone; beside {SENDERS} senders {rate(shared):.1f},"
        f" and {sent:.1f} sent; resident memory {before / processes.MIB:,.0f} MiB"
        f" after {alone[0][1]} photos, then at most {after / processes.MIB:,.0f} MiB"
    )
    if not counts:
        raise SystemExit("no photo was sent while the job ran")
    if after > before + GROWTH:
        raise SystemExit("the service's memory has grown")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--photos", type=int, default=120)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sample = draw_sample(folder, options.photos)
        files = sorted((sample / "Flicker8k_Dataset").iterdir())[:4]
        with Service(pathlib.Path(folder) / "data", [folder]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            expected = {file: sent(service, file) for file in files}
            run(service, files, expected, options.photos)


if __name__ == "__main__":
    main()
