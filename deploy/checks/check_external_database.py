"""Each PostgreSQL of the machine's own, in the place of the embedded one; and the cron
trigger, which must prepare a registered data set by itself."""

import os
import pathlib
import tempfile
import time

from patience import PATIENCE
from postgres import Server, programs
from service import Service, draw_sample


def prepare_by_cron(service, sample):
    service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text", splits=())
    deadline = time.monotonic() + 120 * PATIENCE
    while not (found := service.json("/api/preparations")):
        if time.monotonic() > deadline:
            raise SystemExit(f"cron has prepared nothing: {service.json('/api/admin/jobs')}")
        time.sleep(0.3)
    time.sleep(3)
    if len(service.json("/api/admin/jobs")) != 1:
        raise SystemExit("an unchanged data set was prepared again")
    return found[0]


def check(version):
    # Readable for the database's user, whoever that is.
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        sample = draw_sample(scratch, 9)
        with Server(version, pathlib.Path(scratch, "server")) as server:
            environment = {**server.environment(), "CAPTIONARY_JOBS_CRON": "*/2 * * * * ?"}
            data = pathlib.Path(scratch, "data")
            with Service(data, [scratch], **environment) as service:
                manifest = prepare_by_cron(service, sample)
                if (data / "postgresql").exists():
                    raise SystemExit("an embedded database was started beside the external one")
                print(f"{version}: {manifest['servableExamples']} examples, prepared by cron")


for found in programs():
    check(found)
