"""The sample data set through the packaged service, against the Keras tutorial."""

import pathlib
import subprocess
import sys
import tempfile

from compare import compare
from service import JAR, Service

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
        sample = pathlib.Path(scratch, "sample")
        command = ["java", "-jar", str(JAR), "sample", str(sample), "--photos", "24"]
        subprocess.run(command, check=True, stdout=sys.stderr)
        photos = sample / "Flicker8k_Dataset"
        captions = sample / "Flickr8k_text/Flickr8k.token.txt"
        splits = {
            name: str(sample / f"Flickr8k_text/Flickr_8k.{name}Images.txt")
            for name in ("train", "dev", "test")
        }
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            dataset = {
                "name": "sample",
                "format": "flickr8k",
                "photos": str(photos),
                "captions": str(captions),
                "splits": splits,
            }
            service.json("/api/datasets", dataset)
            files = {path.name.split(".")[0]: path for path in photos.iterdir()}
            for recipe in RECIPES:
                manifest = service.prepare("sample", recipe)
                if len(manifest["features"]) > 1:
                    manifest["features"] = []
                compare(service, manifest, captions, splits, files)


main()
