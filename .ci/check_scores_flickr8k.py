"""Flickr8k's test split through the packaged service: the fifth caption of each photo against the
other four, and people against one another, beside pycocoevalcap."""

import pathlib
import sys
import tempfile

from coco_scores import (
    compare,
    compare_agreement,
    compare_people,
    ptb,
    read_captions,
    read_split,
    words,
)
from expect import equal
from service import ROOT, Service

FLICKR8K = ROOT.parent / "shared/flickr8k"
JUDGEMENTS = {"expert": "ExpertAnnotations.txt", "crowd": "CrowdFlowerAnnotations.txt"}

# By metric: which tau, and what CLIPScore's table gives, times 100.
EXPERT = {
    "bleu4": ("tauC", 30.8),
    "rougeL": ("tauC", 32.3),
    "meteorExactStem": ("tauC", 41.8),
    "ciderD": ("tauC", 43.9),
}
RECIPE = {"captions": "all", "features": "none"}


def without_fifth(source, target):
    """Writes a caption file without the captions that are candidates."""
    rows = source.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.partition("\t")[0].endswith("#4")]
    target.write_text("".join(kept), encoding="utf-8")


def read_judged(path):
    """Judged captions of other photos: (photo, caption's id, what was said)."""
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return [
        (photo.partition(".")[0], caption, [float(number) for number in said])
        for photo, caption, *said in rows
        if photo != caption.partition("#")[0]
    ]


def check_agreement(service, photos):
    """The protocol of CLIPScore (Hessel et al., 2021), table 1 and appendix: every rating by itself,
    captions that are references left out; its figures stand in brackets."""
    texts = FLICKR8K / "Flickr8k_text"
    annotations = {kind: str(texts / file) for kind, file in JUDGEMENTS.items()}
    file = texts / "Flickr8k.token.txt"
    body = {"name": "judged", "photos": str(photos), "captions": str(file)}
    service.json("/api/datasets", {**body, "annotations": annotations})
    preparation = service.prepare("judged", RECIPE)["id"]
    references = ptb(read_captions(file))
    rows = (row.split("\t") for row in file.read_text(encoding="utf-8").splitlines())
    candidates = {key: [text] for key, text in rows}
    candidates = {key: those[0] for key, those in ptb(candidates).items()}
    path = f"/api/preparations/{preparation}/scores/judgements?judgements="
    judged = read_judged(texts / JUDGEMENTS["expert"])
    answer = service.json(path + "expert")
    compare_agreement("expert", answer, references, candidates, judged, EXPERT)
    crowd = service.json(path + "crowd")
    foreign = read_judged(texts / JUDGEMENTS["crowd"])
    equal("crowd", (crowd["captions"], crowd["ratings"]), (len(foreign), len(foreign)))


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
            check_agreement(service, photos)


main()
