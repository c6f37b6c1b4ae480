"""The sample data set through the packaged service, against the Keras tutorial."""

import pathlib
import tempfile

from compare import compare
from service import Service, draw_sample

RECIPES = [
    {},
    {
        "captions": "all",
        "fitOn": "train",
        "lettersOnly": True,
        "startEnd": True,
        "features": ["avg", "fc2"],
    },
]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, 24)
        photos = sample / "Flicker8k_Dataset"
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            captions, splits = service.register("sample", photos, sample / "Flickr8k_text")
            files = {path.name.split(".")[0]: path for path in photos.iterdir()}
            for recipe in RECIPES:
                manifest = service.prepare("sample", recipe)
                compare(service, manifest, captions, splits, files)


main()
