"""Flickr8k's test split through the packaged service: the fifth caption of each photo against the
other four, and people against one another, beside pycocoevalcap."""

import pathlib
import sys
import tempfile

from coco_scores import compare, compare_people, ptb, read_captions, read_split, words
from service import ROOT, Service

FLICKR8K = ROOT.parent / "shared/flickr8k"
RECIPE = {"captions": "all", "features": "none"}


def without_fifth(source, target):
    """Writes a caption file without the captions that are candidates."""
    rows = source.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.partition("\t")[0].endswith("#4")]
    target.write_text("".join(kept), encoding="utf-8")


def main():
    if not FLICKR8K.is_dir():
        print(f"no Flickr8k at {FLICKR8K}: nothing to compare", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with Service(folder / "data", [FLICKR8K, folder]) as service:
            photos = FLICKR8K / "Flicker8k_Dataset"
            file, lists = service.register("flickr8k", photos, FLICKR8K / "Flickr8k_text")
            without_fifth(pathlib.Path(file), folder / "four.txt")
            four = {"name": "four", "format": "flickr8k", "photos": str(photos)}
            four |= {"captions": str(folder / "four.txt"), "splits": lists}
            service.json("/api/datasets", four)

            every = read_captions(pathlib.Path(file))
            captions = {photo: every[photo] for photo in read_split(pathlib.Path(lists["test"]))}
            references = {photo: those[:4] for photo, those in captions.items()}
            candidates = {photo: those[4] for photo, those in captions.items()}
            preparation = service.prepare("four", RECIPE)["id"]
            path = f"/api/preparations/{preparation}/scores"
            body = {"split": "test", "candidates": candidates}
            compare(
                "white space",
                service.json(path, {**body, "tokenizer": "whitespace"}),
                {photo: [words(text) for text in those] for photo, those in references.items()},
                {photo: words(text) for photo, text in candidates.items()},
            )
            cut = ptb(captions)
            compare(
                "Stanford's tokenizer",
                service.json(path, body),
                {photo: those[:4] for photo, those in cut.items()},
                {photo: those[4] for photo, those in cut.items()},
            )
            preparation = service.prepare("flickr8k", RECIPE)["id"]
            people = f"/api/preparations/{preparation}/scores/people?split=test"
            compare_people("people", service.json(people), cut)


main()
