"""A PostgreSQL of the machine's own in a scratch folder, to be stopped, frozen and started again."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

from service import free_port


def programs():
    """The folders of programs of each version that the machine has."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise SystemExit("PostgreSQL is needed, below /usr/lib/postgresql")
    return found


class Server:
    """`initdb` and `postgres`, run by a user that they accept; always on the same port."""

    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.user = "nobody" if os.getuid() == 0 else None
        self.port = free_port()
        # What runs the programs, and options of initdb.
        self.inside, self.options = [], []

    def environment(self):
        """Makes it the service's database."""
        return {
            "QUARKUS_DATASOURCE_JDBC_URL": f"jdbc:postgresql://127.0.0.1:{self.port}/postgres",
            "QUARKUS_DATASOURCE_USERNAME": "captionary",
            "QUARKUS_DATASOURCE_PASSWORD": "none",
        }

    def __enter__(self):
        self.folder.mkdir()
        if self.user:
            shutil.chown(self.folder, self.user)
        self.lay_out()
        command = [self.programs / "initdb", "-D", self.data, "-U", "captionary", "-A", "trust"]
        subprocess.run(
            [*self.inside, *command, *self.options],
            check=True,
            user=self.user,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )
        self.start()
        return self

    def lay_out(self):
        """What initdb needs beside the folder."""

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def start(self):
        command = [*self.inside, self.programs / "postgres", "-D", self.data, "-p", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "-k", self.folder],
            user=self.user,
            cwd=self.folder,
            stderr=subprocess.DEVNULL,
        )
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(600):
            if subprocess.run(ready).returncode == 0:
                return
            time.sleep(0.05)
        raise SystemExit("PostgreSQL has not started")

    def stop(self):
        """A fast shutdown: clients are told and cut off."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)

    def crash(self):
        """An immediate shutdown: nothing is written any more, and the next start recovers."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=60)

    def freeze(self):
        """It takes connections and queries, and answers none."""
        self.signal_all(signal.SIGSTOP)

    def thaw(self):
        self.signal_all(signal.SIGCONT)

    def kill(self):
        """As when the machine loses its power."""
        self.signal_all(signal.SIGKILL)
        self.process.wait()

    def signal_all(self, number):
        # The server's processes are in sessions of their own, so that a group cannot be told.
        parent = self.process.pid
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for pid in [parent, *map(int, children)]:
            os.kill(pid, number)
