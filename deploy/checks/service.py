"""Starts the packaged service on a data directory and a port of its own, for checks."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from patience import PATIENCE

ROOT = pathlib.Path(__file__).resolve().parents[2]
JAR = ROOT / "app/target/quarkus-app/quarkus-run.jar"

# Else what is told to end leaves its services running.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def draw_sample(folder, photos):
    """Draws so many photos with captions into `folder`/sample, in Flickr8k's layout."""
    sample = pathlib.Path(folder, "sample")
    command = ["java", "-jar", str(JAR), "sample", str(sample), "--photos", str(photos)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return sample


class Service:
    """A running service; `with Service(data_dir, roots) as service:` stops it at the end."""

    def __init__(self, data_dir, roots, **environment):
        self.data_dir = pathlib.Path(data_dir)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "CAPTIONARY_DATA_DIR": str(self.data_dir),
            "CAPTIONARY_DATASET_ROOTS": ",".join(str(root) for root in roots),
            "QUARKUS_HTTP_PORT": str(self.port),
            **environment,
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        log = open(self.data_dir / "service.log", "ab")
        self.process = subprocess.Popen(
            ["java", "-jar", str(JAR)], env=self.environment, stdout=log, stderr=log
        )
        deadline = time.monotonic() + 60 * PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise SystemExit((self.data_dir / "service.log").read_text()[-4000:])
            time.sleep(0.2)
        self.token = (self.data_dir / "tokens/admin").read_text().strip()

    def is_ready(self):
        try:
            return urllib.request.urlopen(self.url + "/q/health/ready").status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60 * PATIENCE)

    def request(self, path, body=None, accept="application/json"):
        """The whole answer to a GET, or to a POST of `body`; raises on an error status."""
        headers = {"Authorization": "Bearer " + self.token, "Accept": accept}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code} {error.read().decode()}") from error

    def status(self, path, token=None):
        """Of the answer to a GET, with another token if one is given."""
        headers = {"Authorization": "Bearer " + (token or self.token)}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.url + path, headers=headers)
            ) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def json(self, path, body=None):
        return json.loads(self.request(path, body))

    def register(self, name, photos, texts, splits=("train", "dev", "test")):
        """Registers a data set in Flickr8k's layout; returns its caption file and split lists."""
        captions = pathlib.Path(texts) / "Flickr8k.token.txt"
        lists = {split: str(texts / f"Flickr_8k.{split}Images.txt") for split in splits}
        dataset = {
            "name": name,
            "format": "flickr8k",
            "photos": str(photos),
            "captions": str(captions),
            "splits": lists,
        }
        self.json("/api/datasets", dataset)
        return captions, lists

    def prepare(self, dataset, recipe, seconds=1800):
        """Runs a job to its end and returns the preparation's manifest."""
        return self.json(f"/api/preparations/{self.run(dataset, recipe, seconds)['preparation']}")

    def run(self, dataset, recipe, seconds=1800, poll=0.3):
        """Runs a job to its end, asked for every `poll` seconds, and returns it."""
        job = self.json("/api/admin/jobs", {"dataset": dataset, "recipe": recipe})
        deadline = time.monotonic() + seconds
        while job["state"] in ("QUEUED", "RUNNING"):
            if time.monotonic() > deadline:
                raise SystemExit(f"job {job['id']} is not done after {seconds} s: {job['steps']}")
            time.sleep(poll)
            job = self.json(f"/api/admin/jobs/{job['id']}")
        if job["state"] != "SUCCEEDED":
            raise SystemExit(f"job {job['id']} {job['state']}: {job['error']}")
        return job
