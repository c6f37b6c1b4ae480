"""A batch is the same bytes after a restart, from a second node on the same database, and on every
JDK that is installed here."""

import os
import pathlib
import subprocess
import tempfile

from expect import equal
from service import Service, draw_sample

ADDRESSES = [
    f"{number}{suffix}?layer={layer}&size=29&shuffle={shuffle}&model={model}&seed=-4&epoch=2"
    for number in (0, 2)
    for suffix in (".npz", ".safetensors", ".json")
    for layer in ("avg", "block5_pool")
    for shuffle in ("none", "captions", "examples")
    for model in ("word", "sequence")
] + ["1.npz?photo=pixels&photos=3&layout=expanded&shuffle=captions", "0.npz?photo=none&target=onehot"]


def bodies(service, preparation):
    base = f"/api/preparations/{preparation}/"
    whole = ["words.npz", "sequences.npz", "features.npz?layer=avg", "descriptions.txt"]
    paths = [f"batches/{address}" for address in ADDRESSES] + whole
    return {path: service.request(base + path, accept="*/*") for path in paths}


def second_node(service, scratch):
    """Another service on the database of the first."""
    home = next(service.data_dir.rglob("postmaster.pid")).parents[1]
    port = (home / "cluster/postmaster.pid").read_text().split("\n")[3]
    environment = {
        "QUARKUS_DATASOURCE_JDBC_URL": f"jdbc:postgresql://127.0.0.1:{port}/captionary",
        "QUARKUS_DATASOURCE_USERNAME": "captionary",
        "QUARKUS_DATASOURCE_PASSWORD": (home / "password").read_text().strip(),
    }
    return Service(pathlib.Path(scratch, "second"), [scratch], **environment)


def other_javas():
    """The folders of every JDK of 17 or later below /usr/lib/jvm, by real path."""
    homes = {path.resolve().parents[1] for path in pathlib.Path("/usr/lib/jvm").glob("*/bin/java")}
    found = []
    for home in sorted(homes):
        told = subprocess.run([home / "bin/java", "-version"], capture_output=True, text=True).stderr
        if int(told.split('"')[1].split(".")[0].removesuffix("-ea")) >= 17:
            found.append(home)
    return found


def prepare(service, sample):
    service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
    recipe = {"captions": "all", "startEnd": True, "features": ["avg", "block5_pool"]}
    return service.prepare("sample", recipe)["id"]


def compare(what, found, expected):
    for path, body in expected.items():
        equal(f"{what}: {path}", found[path] == body, True)
    print(f"{what}: {len(expected)} answers are the same bytes", flush=True)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, 24)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            preparation = prepare(service, sample)
            expected = bodies(service, preparation)
            compare("asked again", bodies(service, preparation), expected)
            with second_node(service, scratch) as node:
                compare("second node", bodies(node, preparation), expected)
            service.stop()
            service.start()
            compare("restarted", bodies(service, preparation), expected)
        for home in other_javas():
            path = {"PATH": f"{home}/bin{os.pathsep}{os.environ['PATH']}"}
            folder = pathlib.Path(scratch, home.name)
            with Service(folder, [scratch], **path) as other:
                compare(str(home), bodies(other, prepare(other, sample)), expected)


main()
