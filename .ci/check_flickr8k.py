"""Flickr8k through the packaged service: the figures of the literature, and the tutorial's rows."""

import sys
import tempfile

from compare import compare
from expect import equal
from service import ROOT, Service

FLICKR8K = ROOT.parent / "shared/flickr8k"


def main():
    if not FLICKR8K.is_dir():
        print(f"no Flickr8k at {FLICKR8K}: nothing to compare", file=sys.stderr)
        return
    photos = FLICKR8K / "Flicker8k_Dataset"
    files = {path.name.split(".")[0]: path for path in photos.iterdir()}
    with tempfile.TemporaryDirectory() as scratch, Service(scratch, [FLICKR8K]) as service:
        captions, splits = service.register("flickr8k", photos, FLICKR8K / "Flickr8k_text")
        first = service.prepare("flickr8k", {"features": "none"})
        expected = (8092, 4485, 28, 66456, 2528)
        names = "describedPhotos", "vocabularySize", "maxLength", "examples", "servableExamples"
        equal("tutorial", tuple(first[name] for name in names), expected)
        compare(service, first, captions, splits, files)
        recipe = {
            "captions": "all",
            "fitOn": "train",
            "lettersOnly": True,
            "startEnd": True,
            "features": "none",
        }
        every = service.prepare("flickr8k", recipe)
        train = every["splits"]["train"]
        equal("vocabularySize", every["vocabularySize"], 7579)
        equal("maxLength", every["maxLength"], 34)
        equal("train", (train["captions"], train["examples"]), (30000, 306404))
        compare(service, every, captions, splits, files)


main()
