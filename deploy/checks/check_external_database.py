"""A PostgreSQL of the machine's own, if there is one, in the place of the embedded one; and the cron
trigger, which must prepare a registered data set by itself."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from service import Service, draw_sample

PROGRAMS = [
    pathlib.Path(path) for path in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
]


class Server:
    """`initdb` and `postgres` in a scratch folder, run by a user that they accept."""

    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.user = "nobody" if os.getuid() == 0 else None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self):
        self.folder.mkdir()
        if self.user:
            shutil.chown(self.folder, self.user)
        data = self.folder / "data"
        command = [self.programs / "initdb", "-D", data, "-U", "captionary", "-A", "trust"]
        subprocess.run(
            command, check=True, user=self.user, stdout=subprocess.DEVNULL, cwd=self.folder
        )
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", data, "-p", str(self.port), "-k", self.folder],
            user=self.user,
            cwd=self.folder,
            stderr=subprocess.DEVNULL,
        )
        self.wait()
        return self

    def wait(self):
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("PostgreSQL has not started")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def prepare_by_cron(service, sample):
    service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text", splits=())
    deadline = time.monotonic() + 120
    while not (found := service.json("/api/preparations")):
        if time.monotonic() > deadline:
            raise SystemExit(f"cron has prepared nothing: {service.json('/api/admin/jobs')}")
        time.sleep(0.3)
    time.sleep(3)
    if len(service.json("/api/admin/jobs")) != 1:
        raise SystemExit("an unchanged data set was prepared again")
    return found[0]


def check(programs):
    # Readable for the database's user, whoever that is.
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        sample = draw_sample(scratch, 9)
        with Server(programs, pathlib.Path(scratch, "server")) as server:
            environment = {
                "QUARKUS_DATASOURCE_JDBC_URL": f"jdbc:postgresql://127.0.0.1:{server.port}/postgres",
                "QUARKUS_DATASOURCE_USERNAME": "captionary",
                "QUARKUS_DATASOURCE_PASSWORD": "none",
                "CAPTIONARY_JOBS_CRON": "*/2 * * * * ?",
            }
            data = pathlib.Path(scratch, "data")
            with Service(data, [scratch], **environment) as service:
                manifest = prepare_by_cron(service, sample)
                if (data / "postgresql").exists():
                    raise SystemExit("an embedded database was started beside the external one")
                print(f"{programs}: {manifest['servableExamples']} examples, prepared by cron")


if not PROGRAMS:
    print("no PostgreSQL below /usr/lib/postgresql: nothing to try")
for found in PROGRAMS:
    check(found)
