"""Kills the service while it extracts features, and looks whether anything was lost or done twice."""

import pathlib
import re
import tempfile
import time

from service import Service, draw_sample

PHOTOS = 80
CHUNK = 16
KILLS = 2


def features_done(service, job):
    view = service.json(f"/api/admin/jobs/{job}")
    if view["state"] not in ("QUEUED", "RUNNING"):
        raise SystemExit(f"the job ended before it could be killed: {view['state']}")
    step = view["steps"][-1]
    return step["done"] if step["startedAt"] else 0


def kill_in_features(service, job, more):
    """Waits for `more` photos to be committed, kills, starts again."""
    before = features_done(service, job)
    while (done := features_done(service, job)) < before + more:
        time.sleep(0.05)
    service.process.kill()
    service.process.wait()
    service.start()
    after = features_done(service, job)
    if after < done:
        raise SystemExit(f"{done} photos were committed, {after} are there after the kill")
    print(f"killed at {done} of {PHOTOS} photos, went on from {after}")


def epoch(service, preparation):
    """The bytes of every batch."""
    base = f"/api/preparations/{preparation}"
    examples = service.json(base)["servableExamples"]
    return [service.request(f"{base}/batches/{n}.npz") for n in range(-(-examples // 32))]


def extracted(service):
    log = (service.data_dir / "service.log").read_text()
    return sum(int(count) for count in re.findall(r"extracted features of (\d+) photos", log))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, PHOTOS)
        # With one thread one chunk is in flight when the service is killed.
        settings = {
            "QUARKUS_LOG_CATEGORY__ORG_CAPTIONARY_INFERENCE__LEVEL": "DEBUG",
            "CAPTIONARY_JOBS_THREADS": "1",
        }
        with Service(pathlib.Path(scratch, "calm"), [scratch], **settings) as calm:
            calm.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            expected = calm.prepare("sample", {})["id"]
            batches = epoch(calm, expected)
            if extracted(calm) != PHOTOS:
                raise SystemExit(f"{extracted(calm)} photos extracted instead of {PHOTOS}")
        with Service(pathlib.Path(scratch, "killed"), [scratch], **settings) as killed:
            killed.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            job = killed.json("/api/admin/jobs", {"dataset": "sample"})["id"]
            for _ in range(KILLS):
                kill_in_features(killed, job, CHUNK)
            manifest = killed.prepare("sample", {})
            if manifest["id"] != expected or epoch(killed, expected) != batches:
                raise SystemExit("the batches differ from those of an undisturbed run")
            if extracted(killed) > PHOTOS + KILLS * CHUNK:
                raise SystemExit(f"{extracted(killed)} photos extracted of {PHOTOS}")
        print(f"{len(batches)} batches are the same bytes; {extracted(killed)} extractions")


main()
