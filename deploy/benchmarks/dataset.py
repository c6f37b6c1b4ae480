"""A sample data set that the service prepares, with random numbers as features, made once.

Two preparations: `full` of all photos, `small` of the first 64 for comparing what loaders yield.
Both are read back from the service, and the peers' files are made from what it served.
"""

import dataclasses
import hashlib
import io
import json
import pathlib
import pickle
import shutil
import sys
import zipfile

import database
import numpy as np
from service import JAR, Service, draw_sample

SHAPES = {"avg": (512,), "block5_pool": (7, 7, 512)}
SMALL = 64
RECIPE = {"captions": "all", "startEnd": True, "features": "none"}
BELOW = pathlib.Path(__file__).resolve().parents[1] / "target/benchmark"


@dataclasses.dataclass
class Text:
    """Encoded captions: caption c of photo row `photo[c]` is `words[starts[c]:starts[c + 1]]`."""

    words: np.ndarray
    starts: np.ndarray
    photo: np.ndarray
    max_length: int

    def of_photo(self, row):
        first, last = np.searchsorted(self.photo, [row, row + 1])
        return [self.words[self.starts[c] : self.starts[c + 1]] for c in range(first, last)]


class Exported:
    """A preparation as files: text.npz, LAYER.npy (a row a photo), and the tutorial's pickles."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def text(self):
        with np.load(self.folder / "text.npz") as arrays:
            return Text(**{name: arrays[name] for name in arrays})

    def photos(self, layer, mmap_mode=None):
        return np.load(self.folder / f"{layer}.npy", mmap_mode=mmap_mode)


class Dataset:
    """The folder that holds the sample, the service's data directory and the exports."""

    def __init__(self, photos):
        self.folder = BELOW / f"photos-{photos}-{schema()}"
        self.service_folder = self.folder / "service"
        self.ids_file = self.folder / "preparations.json"
        if not self.ids_file.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self.make(photos)
        self.ids = json.loads(self.ids_file.read_text())
        self.full, self.small = (Exported(self.folder / name) for name in ("full", "small"))

    def service(self):
        return Service(self.service_folder, [self.folder])

    def make(self, photos):
        note(f"drawing {photos} photos, preparing them, putting random numbers as their features")
        sample = draw_sample(self.folder, photos)
        with self.service() as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            ids = {
                "small": service.prepare("sample", {**RECIPE, "limit": SMALL})["id"],
                "full": service.prepare("sample", RECIPE)["id"],
            }
            with database.connect(self.service_folder) as connection:
                database.put_random_features(connection, ids.values(), SHAPES)
        # A restart: the service keeps the preparations that it has seen.
        with self.service() as service:
            for name, preparation in ids.items():
                note(f"reading {name} back from the service")
                export(service, preparation, self.folder / name)
        self.ids_file.write_text(json.dumps(ids))


def note(text):
    print(text, file=sys.stderr, flush=True)


def schema():
    """Tells builds apart whose database differs."""
    (jar,) = (JAR.parent / "lib/main").glob("*captionary-adapters-persistence*.jar")
    with zipfile.ZipFile(jar) as entries:
        migrations = [
            (e.filename, e.CRC) for e in entries.infolist() if e.filename.endswith(".sql")
        ]
    return hashlib.sha256(repr(sorted(migrations)).encode()).hexdigest()[:8]


def export(service, preparation, folder):
    folder.mkdir()
    base = f"/api/preparations/{preparation}"
    manifest = service.json(base)
    for layer in SHAPES:
        export_photos(service, base, folder, layer)
    np.savez(folder / "text.npz", max_length=manifest["maxLength"], **text_arrays(service, base))
    export_tutorial(service, base, folder)


def whole_photos(service, base, parameters):
    """All batches of 64 whole photos, as dicts of arrays."""
    number = 0
    photos = service.json(base)["photos"]
    while number * SMALL < photos:
        body = service.request(f"{base}/batches/{number}.npz?photos={SMALL}&{parameters}")
        yield np.load(io.BytesIO(body))
        number += 1


def export_photos(service, base, folder, layer):
    rows = [batch["photos"] for batch in whole_photos(service, base, f"layer={layer}")]
    np.save(folder / f"{layer}.npy", np.concatenate(rows))


def text_arrays(service, base):
    """Captions out of examples: one begins where a single word has been said."""
    words, lengths, photo, rows = [], [], [], 0
    for batch in whole_photos(service, base, "layer=avg"):
        sequences, targets, index = batch["sequences"], batch["targets"], batch["photo_index"]
        begins = np.flatnonzero(np.count_nonzero(sequences, axis=1) == 1)
        lengths.append(np.diff(np.append(begins, len(targets))) + 1)
        words.append(np.insert(targets, begins, sequences[begins, -1]))
        photo.append(index[begins] + rows)
        rows += len(batch["photos"])
    starts = np.append(0, np.cumsum(np.concatenate(lengths)))
    return {"words": np.concatenate(words), "starts": starts, "photo": np.concatenate(photo)}


def export_tutorial(service, base, folder):
    """features-LAYER.pkl, descriptions.pkl and tokenizer.json, as the tutorial keeps them."""
    descriptions = {}
    for line in (
        service.request(base + "/descriptions.txt", accept="text/plain").decode().splitlines()
    ):
        photo, _, caption = line.partition(" ")
        descriptions.setdefault(photo, []).append(f"startseq {caption} endseq")
    (folder / "descriptions.pkl").write_bytes(pickle.dumps(descriptions))
    (folder / "tokenizer.json").write_bytes(service.request(base + "/tokenizer.json"))
    for layer in SHAPES:
        rows = np.load(folder / f"{layer}.npy")
        if len(rows) != len(descriptions):
            raise SystemExit(f"{len(rows)} photos served, {len(descriptions)} described")
        # Rows are in the photos' byte order, descriptions in that of the caption file.
        features = {photo: row[np.newaxis] for photo, row in zip(sorted(descriptions), rows)}
        with open(folder / f"features-{layer}.pkl", "wb") as file:
            pickle.dump(features, file)
