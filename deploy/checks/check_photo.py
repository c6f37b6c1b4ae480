"""A photo that is sent gets the numbers that the preparation has for it, in under a second; a node
that only serves says that it cannot, and has no native library of the extractor in its memory."""

import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import numpy as np
from expect import equal
from service import JAR, Service

PHOTOS = 6
LAYERS = ["avg", "block5_pool", "fc2"]


def post(service, path, body, **headers):
    request = urllib.request.Request(
        service.url + path,
        data=body,
        headers={"Authorization": "Bearer " + service.token, **headers},
    )
    return urllib.request.urlopen(request).read()


def features(service, file, query):
    body = post(
        service,
        f"/api/photos/features?{query}",
        file.read_bytes(),
        **{"Content-Type": "image/jpeg", "Accept": "application/x-npz"},
    )
    return np.load(io.BytesIO(body))


def whole_layer(service, preparation, layer):
    body = service.request(f"/api/preparations/{preparation}/features.npz?layer={layer}")
    return np.load(io.BytesIO(body))


def same_numbers(service, preparation, files):
    prepared = {layer: whole_layer(service, preparation, layer) for layer in LAYERS}
    taken = []
    for file in files:
        began = time.perf_counter()
        sent = features(service, file, f"preparation={preparation}")
        taken.append(time.perf_counter() - began)
        for layer in LAYERS:
            photo = file.name.partition(".")[0]
            equal(f"{layer} of {photo}", sent[layer].tobytes(), prepared[layer][photo].tobytes())
    print("seconds a photo:", " ".join(f"{seconds:.2f}" for seconds in taken))


def refused(ask):
    try:
        ask()
    except urllib.error.HTTPError as error:
        return error.code
    raise SystemExit("the node that only serves has not refused")


def only_serves(service, preparation, file):
    service.request(f"/api/preparations/{preparation}/batches/0.npz?layer=avg")
    equal("sent photo", refused(lambda: features(service, file, "")), 503)
    job = json.dumps({"dataset": "sample", "recipe": {}}).encode()
    kind = {"Content-Type": "application/json"}
    equal("job", refused(lambda: post(service, "/api/admin/jobs", job, **kind)), 503)
    maps = pathlib.Path(f"/proc/{service.process.pid}/maps")
    if maps.exists():
        loaded = maps.read_text()
        equal("nd4j in memory", [name for name in ("nd4j", "dnnl", "openblas") if name in loaded], [])


def main():
    with tempfile.TemporaryDirectory() as folder:
        sample = pathlib.Path(folder) / "sample"
        command = ["java", "-jar", str(JAR), "sample", str(sample), "--photos", str(PHOTOS)]
        subprocess.run(command, check=True, stdout=sys.stderr)
        files = sorted((sample / "Flicker8k_Dataset").iterdir())
        data = pathlib.Path(folder) / "data"
        with Service(data, [folder]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            preparation = service.prepare("sample", {"features": LAYERS})["id"]
            same_numbers(service, preparation, files)
        with Service(data, [folder], CAPTIONARY_ROLE="serve") as service:
            only_serves(service, preparation, files[0])
    print("a sent photo gets the prepared numbers; a serving node loads no extractor")


if __name__ == "__main__":
    main()
