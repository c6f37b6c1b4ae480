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
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            captions, splits = service.register("sample", photos, sample / "Flickr8k_text")
            files = {path.name.split(".")[0]: path for path in photos.iterdir()}
            for recipe in RECIPES:
                manifest = service.prepare("sample", recipe)
                compare(service, manifest, captions, splits, files)


main()
