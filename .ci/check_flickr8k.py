"""Flickr8k through the packaged service: the figures of the literature, and the tutorial's rows."""

import pathlib
import sys
import tempfile

from compare import compare, equal
from service import ROOT, Service

FLICKR8K = ROOT.parent / "shared/flickr8k"


def main():
    if not FLICKR8K.is_dir():
        print(f"no Flickr8k at {FLICKR8K}: nothing to compare", file=sys.stderr)
        return
    photos = FLICKR8K / "Flicker8k_Dataset"
    texts = FLICKR8K / "Flickr8k_text"
    captions = texts / "Flickr8k.token.txt"
    splits = {
        name: str(texts / f"Flickr_8k.{name}Images.txt") for name in ("train", "dev", "test")
    }
    files = {path.name.split(".")[0]: path for path in photos.iterdir()}
    with tempfile.TemporaryDirectory() as scratch, Service(scratch, [FLICKR8K]) as service:
        dataset = {
            "name": "flickr8k",
            "format": "flickr8k",
            "photos": str(photos),
            "captions": str(captions),
            "splits": splits,
        }
        service.json("/api/datasets", dataset)
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
