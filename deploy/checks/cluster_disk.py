"""The database's disk is full in the middle of a job, and has room again later."""

import os
import pathlib
import shutil
import subprocess

from cluster import Database, Node, ask, ended, over, register, submit, until, within
from expect import equal
from postgres import Server

RECIPE = {"captions": "all"}
MIB = 1 << 20
SIZE = 400 * MIB
# Less than the pixels of all photos take.
LEFT = 12 * MIB
ATTEMPTS = 2
# Much longer than so many attempts take, in seconds.
WAITS = 15
# What PostgreSQL says of a block of which nothing, or a part only, could be written.
REASONS = ["No space left on device", "Check free disk space"]


class SmallServer(Server):
    """A server whose files lie on a small file system, seen by nobody else, that ends with it."""

    def __init__(self, programs, folder, with_log):
        super().__init__(programs, folder)
        self.log = None if with_log else pathlib.Path(f"{folder}-log")

    @staticmethod
    def can_be():
        """Whether a file system can be mounted here."""
        mount = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        return os.getuid() == 0 and subprocess.call(mount, stderr=subprocess.DEVNULL) == 0

    def lay_out(self):
        mount = f"mount -t tmpfs -o size={SIZE} tmpfs '{self.folder}'"
        self.keeper = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", f"{mount} && echo mounted && exec sleep infinity"],
            stdout=subprocess.PIPE,
        )
        equal("the small file system", self.keeper.stdout.readline(), b"mounted\n")
        who = ["setpriv", f"--reuid={self.user}", "--regid=nogroup", "--clear-groups"]
        self.inside = ["nsenter", "-t", str(self.keeper.pid), "-m", *who]
        if self.log:
            self.log.mkdir()
            shutil.chown(self.log, self.user)
            self.options = [f"--waldir={self.log}"]
        self.user = None

    def __exit__(self, *_):
        super().__exit__()
        self.keeper.kill()
        self.keeper.wait()

    def seen(self):
        """The small file system, from outside."""
        return pathlib.Path(f"/proc/{self.keeper.pid}/root{self.folder}")

    def leave(self, size):
        """Takes all room but so many bytes."""
        found = os.statvfs(self.seen())
        with open(self.seen() / "ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, found.f_bavail * found.f_frsize - size)

    def make_room(self):
        (self.seen() / "ballast").unlink()


def check_full(server, scene, with_log):
    database = Database(server, "small")
    environment = {**database.environment(), "CAPTIONARY_JOBS_ATTEMPTS": str(ATTEMPTS)}
    with Node(scene.folder / "small", [scene.folder], **environment) as node:
        register(node, scene.sample)
        server.leave(LEFT)
        job = submit(node, RECIPE)
        if with_log:
            went_down(server, node, job)
        else:
            failed(server, node, job)
        view = ended(node, job)
        scene.is_same(database, job, view["preparation"])


def failed(server, node, job):
    """The reason is told, and the job goes on where it was when it is tried again. Where there is no room
    even to note a failure, it waits for room."""
    view = within(WAITS, lambda: over(node, job), 0.2)
    if view is None:
        equal("the log tells why the job does not end", tells(node.log()), True)
        server.make_room()
        print("no room to note a failure: the log tells it, and the job waited for room")
        return
    path = f"/api/admin/jobs/{job}"
    equal("state without room", view["state"], "FAILED")
    if not tells(view["error"]):
        raise SystemExit(f"no room, but the job says: {view['error']}")
    failures = node.json(f"{path}/failures")
    # Beside other work a chunk may also be taken for lost.
    full = [failure for failure in failures if tells(failure["cause"])]
    equal(f"attempts whose cause is kept, of {failures}", len(full) >= ATTEMPTS, True)
    server.make_room()
    equal("tried again", ask(node, f"{path}/retry", {})[0], 200)
    print(f"failed for want of room: {view['error']}")


def tells(reason):
    return any(words in reason for words in REASONS)


def went_down(server, node, job):
    """PostgreSQL ends itself when it cannot write its log. The job waits for it."""
    until("the end of a server without room", lambda: server.process.poll() is not None)
    server.make_room()
    server.start()
    equal("state", node.json(f"/api/admin/jobs/{job}")["state"], "RUNNING")
    print("the server ended for want of room, and the job waited for it")


def check(scene, with_log=False):
    if not SmallServer.can_be():
        print("no file system can be mounted here: no full disk to try")
        return
    with SmallServer(scene.server.programs, scene.folder / "disk", with_log) as server:
        check_full(server, scene, with_log)
    print("made room: the job ended, and all rows are the same")
