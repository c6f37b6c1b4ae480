"""Whole preparations, read by pyarrow and webdataset, hold what the service says of them; a shard
with its photos comes back as a data set of the same figures and features."""

import io
import json
import pathlib
import tempfile

import numpy as np
import pyarrow as pa
import webdataset
from expect import FIGURES, equal, same, same_figures
from service import Service, draw_sample

PHOTOS = 70  # more than one record batch
RECIPE = {
    "captions": "all",
    "fitOn": "train",
    "startEnd": True,
    "features": ["avg", "fc2"],
}


def layer(service, base, name):
    return np.load(io.BytesIO(service.request(f"{base}/features.npz?layer={name}")))


def check_rows(service, base, manifest, rows):
    """Rows: photo, split, captions, tokens, encoded and features."""
    words = service.json(f"{base}/vocabulary")["wordIndex"]
    features = {name: layer(service, base, name) for name in RECIPE["features"]}
    equal("photos", [row["photo"] for row in rows], sorted(row["photo"] for row in rows))
    equal("described photos", len(rows), manifest["describedPhotos"])
    for split, figures in manifest["splits"].items():
        count = sum(row["split"] == split for row in rows)
        equal(f"photos of {split}", count, figures["describedPhotos"])
    for row in rows:
        for tokens, encoded in zip(row["tokens"], row["encoded"], strict=True):
            marked = ["startseq", *tokens, "endseq"]
            equal(row["photo"], encoded, [words[word] for word in marked if word in words])
        for name, arrays in features.items():
            values = np.asarray(row[name], np.float32)
            same(f"{name} of {row['photo']}", values, arrays[row["photo"]])


def described(service, base, rows):
    text = service.request(f"{base}/descriptions.txt", accept="text/plain").decode()
    ours = sorted(f"{row['photo']} {' '.join(t)}" for row in rows for t in row["tokens"])
    equal("descriptions", ours, sorted(text.split("\n")))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, PHOTOS)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            manifest = service.prepare("sample", RECIPE)
            base = f"/api/preparations/{manifest['id']}"

            arrows = service.request(f"{base}/export.arrows", accept="*/*")
            with pa.ipc.open_stream(io.BytesIO(arrows)) as stream:
                table = stream.read_all()
            table.validate(full=True)
            print(table.schema)
            check_rows(service, base, manifest, table.to_pylist())
            described(service, base, table.to_pylist())

            shard = pathlib.Path(scratch, "export.tar")
            shard.write_bytes(
                service.request(f"{base}/export.tar?photos=original", accept="*/*")
            )
            samples = list(webdataset.WebDataset(str(shard), shardshuffle=False).decode("rgb"))
            rows = [
                {
                    **sample["json"],
                    "photo": sample["__key__"],
                    **{name: sample[f"{name}.npy"] for name in RECIPE["features"]},
                }
                for sample in samples
            ]
            check_rows(service, base, manifest, rows)
            described(service, base, rows)
            for sample_of in samples:
                equal("channels", sample_of["jpg"].shape[2], 3)

            service.json("/api/datasets", {"name": "back", "photos": str(shard)})
            back = service.prepare("back", RECIPE)
            same_figures(back, manifest)
            for name in RECIPE["features"]:
                ours = layer(service, f"/api/preparations/{back['id']}", name)
                theirs = layer(service, base, name)
                equal("photos with features", sorted(ours.files), sorted(theirs.files))
                for photo in ours.files:
                    same(f"{name} of {photo}", ours[photo], theirs[photo])
            print(json.dumps({figure: back[figure] for figure in FIGURES}))


main()
