"""A photo that is sent gets the numbers that the preparation has for it, in under a second; a
preparation that stores float16 has numpy's rounding of the others' numbers; a node that only serves
says that it cannot extract, and has no native library of the extractor in its memory."""

import io
import json
import pathlib
import tempfile
import time
import urllib.error
import urllib.request

import numpy as np
from expect import equal, same
from service import Service, draw_sample

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


def rounded(array):
    return array.astype(np.float16).astype(np.float32)


def relative_error(layer):
    """The greatest and the mean one of values that are not 0."""
    values = np.concatenate([array[array != 0] for array in layer.values()])
    errors = np.abs(rounded(values) - values) / np.abs(values)
    return f"at most {errors.max():.2e}, mean {errors.mean():.2e}; values to {values.max():.4g}"


def batch(service, preparation, layer):
    path = f"/api/preparations/{preparation}/batches/0.npz?layer={layer}&photos={PHOTOS}"
    return np.load(io.BytesIO(service.request(path)))["photos"]


def halves_are_rounded(service, preparation, manifest):
    equal("types", [layer["stored"] for layer in manifest["features"]], ["float16"] * len(LAYERS))
    for layer in LAYERS:
        floats = dict(whole_layer(service, preparation, layer))
        halves = whole_layer(service, manifest["id"], layer)
        equal("photos", sorted(halves), sorted(floats))
        for photo, array in floats.items():
            equal(f"half {layer} of {photo}", halves[photo].tobytes(), rounded(array).tobytes())
        same(
            f"a batch of {layer}",
            batch(service, manifest["id"], layer),
            rounded(batch(service, preparation, layer)),
        )
        print(f"float16 of {layer}: relative error", relative_error(floats))


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
        sample = draw_sample(folder, PHOTOS)
        files = sorted((sample / "Flicker8k_Dataset").iterdir())
        data = pathlib.Path(folder) / "data"
        with Service(data, [folder]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            preparation = service.prepare("sample", {"features": LAYERS})["id"]
            same_numbers(service, preparation, files)
            halves = service.prepare("sample", {"features": LAYERS, "stored": "float16"})
            halves_are_rounded(service, preparation, halves)
            same_numbers(service, halves["id"], files)
        with Service(data, [folder], CAPTIONARY_ROLE="serve") as service:
            only_serves(service, preparation, files[0])
    print("a sent photo gets the prepared numbers, rounded where halves are stored; a serving node")
    print("loads no extractor")


if __name__ == "__main__":
    main()
