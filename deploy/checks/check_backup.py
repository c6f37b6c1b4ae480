"""Backup of a live service: while a job runs, pg_dump and a copy of the data directory are taken, restored
in another PostgreSQL cluster and another directory, and started there. What was prepared is served byte by
byte as before; the job that was under way goes on there and ends with what it ends with here."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from cluster import ended, register, submit, until
from expect import equal
from postgres import Server, programs
from service import Service, draw_sample


def bytes_of(service, preparation):
    """Every batch of some orders and encodings, and the whole sets."""
    base = f"/api/preparations/{preparation}"
    examples = service.json(base)["servableExamples"]
    paths = [
        f"{base}/batches/{n}{query}"
        for query in (".npz?size=64", ".npz?size=64&shuffle=examples&seed=5&epoch=2")
        for n in range(-(-examples // 64))
    ]
    paths += [f"{base}/batches/0.json?photo=pixels&size=3", f"{base}/batches/0.safetensors"]
    paths += [f"{base}/{whole}" for whole in ("features.npz", "words.npz", "sequences.npz")]
    paths += [f"{base}/vocabulary", f"{base}/descriptions.txt", f"{base}/export.tar", base]
    return {path: service.request(path, accept="*/*") for path in paths}


def dump(server, file):
    subprocess.run([*client(server, "pg_dump"), "-Fc", "-f", file, "postgres"], check=True)


def restore(server, file):
    command = [*client(server, "pg_restore"), "--no-owner", "--exit-on-error"]
    subprocess.run([*command, "-d", "postgres", file], check=True)


def client(server, program):
    address = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "captionary"]
    return [server.programs / program, *address]


def check(version, scratch):
    sample = draw_sample(scratch, 48)
    with Server(version, scratch / "server") as server:
        data = scratch / "data"
        with Service(data, [scratch], **server.environment()) as service:
            register(service, sample)
            done = service.run("sample", {"captions": "all"})["preparation"]
            before = bytes_of(service, done)
            # Features of another network, so that there is something to do for a while.
            going = submit(service, {"captions": "all", "extractor": "vgg19"})
            at_work = lambda: service.json(f"/api/admin/jobs/{going}")
            until("extraction", lambda: at_work()["steps"][-1]["startedAt"])

            dump(server, scratch / "captionary.dump")
            shutil.copytree(data, scratch / "elsewhere" / "data")
            equal("the job at the backup", at_work()["state"], "RUNNING")
            ended_here = bytes_of(service, ended(service, going)["preparation"])

    with Server(version, scratch / "other-server") as server:
        restore(server, scratch / "captionary.dump")
        data = scratch / "elsewhere" / "data"
        with Service(data, [scratch], **server.environment()) as service:
            # The token is that of the other service.
            equal("batches", bytes_of(service, done), before)
            there = ended(service, going)["preparation"]
            same = {k: v for k, v in bytes_of(service, there).items() if not is_manifest(k, there)}
            for path, body in same.items():
                equal(path, body, ended_here[path])
    print(
        f"{version}: {len(before)} answers byte-equal after the restore; the job that was under way"
        f" ended there with {len(same)} byte-equal answers"
    )


def is_manifest(path, preparation):
    """It says when the job ended, which is another time there."""
    return path.endswith(preparation)


def main():
    for version in programs():
        with tempfile.TemporaryDirectory() as scratch:
            # Readable for the database's user, whoever that is.
            os.chmod(scratch, 0o755)
            check(version, pathlib.Path(scratch))


main()
