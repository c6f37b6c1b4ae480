"""The compose file's processes by hand, wired as it says: a PostgreSQL with its user, password and
database, both nodes with its environment and the image's flags, nginx in front with its command. A data set is
prepared through the cache and pulled from there; one node is killed half-way, and no trainer notices."""

import json
import os
import pathlib
import re
import shlex
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import compose
from cluster import until
from expect import equal
from postgres import Server, programs
from service import JAR, ROOT, draw_sample, free_port

SECRETS = {
    "CAPTIONARY_DATABASE_PASSWORD": "only-for-this-check",
    "CAPTIONARY_ADMIN_TOKEN": "admin-of-this-check",
    "CAPTIONARY_TRAINER_TOKEN": "trainer-of-this-check",
}
BATCHES = 24


class Wiring:
    """Addresses and folders of containers, and what stands for them on this machine."""

    def __init__(self, project, scratch):
        self.services = project["services"]
        self.ports = {name: free_port() for name in ("app1", "app2", "cache")}
        self.places = {
            "app1:8080": f"127.0.0.1:{self.ports['app1']}",
            "app2:8080": f"127.0.0.1:{self.ports['app2']}",
            "0.0.0.0:8081": f"127.0.0.1:{self.ports['cache']}",
            "/captionary/": f"{ROOT}/deploy/nginx/",
            "/var/cache/captionary": str(scratch / "cache"),
            "/var/lib/captionary": str(scratch / "captionary"),
            "/data": str(scratch / "data"),
        }

    def here(self, text):
        for there, here in self.places.items():
            if text == there or there[0] != "/" and there in text or text.startswith(there):
                text = text.replace(there, here)
        return text

    def mounted(self, service):
        return {volume["target"] for volume in self.services[service]["volumes"]}


def image_environment():
    """ENV of the Dockerfile."""
    text = (ROOT / "deploy/container/Dockerfile").read_text().replace("\\\n", " ")
    words = [word for line in re.findall(r"^ENV (.*)$", text, re.M) for word in shlex.split(line)]
    return dict(word.split("=", 1) for word in words)


class Node:
    """One of the compose file's two."""

    def __init__(self, wiring, name, scratch):
        self.port = wiring.ports[name]
        self.log = scratch / f"{name}.log"
        service = wiring.services[name]
        declared = {**image_environment(), **service["environment"]}
        environment = {key: wiring.here(value) for key, value in declared.items()}
        memory = f" -XX:MaxRAM={service['mem_limit']}"
        self.environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            **environment,
            "JDK_JAVA_OPTIONS": environment["JDK_JAVA_OPTIONS"] + memory,
            # In a container each has an address of its own.
            "QUARKUS_HTTP_HOST": "127.0.0.1",
            "QUARKUS_HTTP_PORT": str(self.port),
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def start(self):
        log = open(self.log, "ab")
        command = ["java", "-jar", str(JAR)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def is_healthy(self):
        """By the image's own health check."""
        command = [ROOT / "deploy/container/healthy.sh"]
        return (
            subprocess.run(command, env=self.environment, stderr=subprocess.DEVNULL).returncode == 0
        )

    def wait(self):
        for _ in range(300):
            if self.is_healthy():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.3)
        raise SystemExit(self.log.read_text()[-4000:])


class Database(Server):
    """As postgres's image makes it of its environment."""

    def __init__(self, folder, environment):
        super().__init__(programs()[-1], folder)
        self.declared = environment

    def lay_out(self):
        password = self.folder / "password"
        password.write_text(self.declared["POSTGRES_PASSWORD"])
        password.chmod(0o644)
        self.options = ["-A", "scram-sha-256", f"--pwfile={password}"]

    def create(self):
        environment = {**os.environ, "PGPASSWORD": self.declared["POSTGRES_PASSWORD"]}
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", self.declared["POSTGRES_USER"]]
        command = [self.programs / "createdb", *address, self.declared["POSTGRES_DB"]]
        subprocess.run(command, env=environment, check=True)


class Caller:
    """Somebody with a token."""

    def __init__(self, port, token):
        self.url = f"http://127.0.0.1:{port}"
        self.token = token

    def ask(self, path, body=None):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code} {error.read().decode()}") from error

    def json(self, path, body=None):
        return json.loads(self.ask(path, body))


def prepare(admin, folder):
    texts = folder / "Flickr8k_text"
    body = {
        "name": "sample",
        "photos": str(folder / "Flicker8k_Dataset"),
        "captions": str(texts / "Flickr8k.token.txt"),
    }
    admin.json("/api/datasets", body)
    return run(admin, {"captions": "all"})


def run(admin, recipe):
    job = admin.json("/api/admin/jobs", {"dataset": "sample", "recipe": recipe})
    for _ in range(400):
        if job["state"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.3)
        job = admin.json(f"/api/admin/jobs/{job['id']}")
    equal("job", (job["state"], job["error"]), ("SUCCEEDED", None))
    return job["preparation"]


def check(wiring, nodes, folder):
    admin = Caller(wiring.ports["cache"], SECRETS["CAPTIONARY_ADMIN_TOKEN"])
    trainer = Caller(wiring.ports["cache"], SECRETS["CAPTIONARY_TRAINER_TOKEN"])
    preparation = prepare(admin, folder)
    base = f"/api/preparations/{preparation}/batches"
    paths = [f"{base}/{n}.npz?size=16&shuffle=examples&seed=3" for n in range(BATCHES)]
    pulled = []
    for path in paths:
        if len(pulled) == BATCHES // 3:
            nodes["app1"].process.kill()
            nodes["app1"].process.wait()
        pulled.append(trainer.ask(path))
    equal("health of the killed node", nodes["app1"].is_healthy(), False)
    direct = Caller(wiring.ports["app2"], trainer.token)
    equal("batches", [direct.ask(path) for path in paths], pulled)
    run(admin, {"captions": "longest", "features": "none"})
    nodes["app1"].start()
    nodes["app1"].wait()
    back = Caller(wiring.ports["app1"], trainer.token)
    equal("batches of the node that is back", [back.ask(path) for path in paths], pulled)
    print(
        f"{BATCHES} batches through the cache, one node of two killed after {BATCHES // 3}: all came, all"
        " byte-equal from either node; a job ran on the other"
    )


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(wiring, scratch):
    command = [wiring.here(word) for word in wiring.services["cache"]["command"]]
    command[1] = ",".join(map(wiring.here, command[1].split(",")))
    log = open(scratch / "nginx.log", "wb")
    return subprocess.Popen(command, stdout=log, stderr=log)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        os.chmod(scratch, 0o755)
        project = compose.rendered(scratch, CAPTIONARY_PHOTOS="/photos", **SECRETS)
        wiring = Wiring(project, scratch)
        equal("mounted", wiring.mounted("app1"), {"/data", "/var/lib/captionary"})
        (scratch / "data").mkdir()
        (scratch / "captionary").mkdir()
        sample = draw_sample(scratch / "data", 24)
        with Database(scratch / "database", wiring.services["database"]["environment"]) as database:
            database.create()
            wiring.places["database:5432"] = f"127.0.0.1:{database.port}"
            names = ("app1", "app2")
            with Node(wiring, "app1", scratch) as one, Node(wiring, "app2", scratch) as other:
                one.wait()
                other.wait()
                cache = serve(wiring, scratch)
                try:
                    until("the cache", lambda: answers(wiring.ports["cache"]))
                    check(wiring, dict(zip(names, (one, other))), sample)
                finally:
                    cache.terminate()
                    cache.wait()


main()
