"""Flickr8k through the packaged service: the figures of the literature, and the tutorial's rows."""

import io
import pathlib
import sys
import tempfile

import numpy as np
from compare import compare
from expect import equal, same_figures
from service import ROOT, Service

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))

from captionary import Client  # noqa: E402

FLICKR8K = ROOT.parent / "shared/flickr8k"


def check_report(service, photos):
    """Every row of the real files is accounted for."""
    report = service.json("/api/datasets/flickr8k/report")
    captions = report["captions"]
    equal("rows", (captions["rows"], captions["kept"], captions["rejected"]), (40460, 40460, 0))
    equal("described photos", captions["describedPhotos"], 8092)
    equal("without photo", captions["withoutPhoto"]["count"], 8092 - photos)
    equal("photos", (report["photos"]["usable"], report["photos"]["rejected"]), (photos, 0))
    equal("splits", report["splits"], {"dev": 1000, "test": 1000, "train": 6000})
    equal("rejected", report["rejected"], [])
    equal("encodings", set(report["encodings"].values()), {"UTF-8"})
    print(f"repeated captions: {captions['repeated']}, empty: {report['emptyAfterCleaning']}")


def check_judgements(service, photos):
    """The captions that the experts found to describe their photos well, told from the file itself."""
    texts = FLICKR8K / "Flickr8k_text"
    expert = texts / "ExpertAnnotations.txt"
    dataset = {
        "name": "judged",
        "photos": str(photos),
        "captions": str(texts / "Flickr8k.token.txt"),
        "annotations": {"expert": str(expert), "crowd": str(texts / "CrowdFlowerAnnotations.txt")},
    }
    service.json("/api/datasets", dataset)
    recipe = {"captions": "all", "features": "none", "minExpertScore": 3}
    judged = service.prepare("judged", recipe)
    good = [
        photo
        for photo, _, *scores in (row.split("\t") for row in expert.read_text().splitlines())
        if sum(map(int, scores)) >= 3 * len(scores)
    ]
    found = judged["describedPhotos"], judged["captions"]
    equal("judged", found, (len(set(good)), len(good)))
    equal("quarantine", service.json("/api/datasets/judged/quarantine"), [])
    print(f"of mean score 3 or more: {found[1]} captions of {found[0]} photos")


def check_round_trip(service, scratch, preparation, recipe):
    """What was exported as shards comes back with the same figures."""
    shard = pathlib.Path(scratch, f"{preparation['id']}.tar")
    path = f"/api/preparations/{preparation['id']}/export.tar?photos=original"
    shard.write_bytes(service.request(path, accept="*/*"))
    name = f"back-{preparation['id']}"
    service.json("/api/datasets", {"name": name, "photos": str(shard)})
    back = service.prepare(name, recipe)
    same_figures(back, preparation)
    print(f"round trip of {shard.stat().st_size / 1e6:.0f} MB: the same figures")


def check_decoded(service, preparation):
    """The indices of every caption give the clean caption again."""
    path = f"/api/preparations/{preparation['id']}"
    arrays = np.load(io.BytesIO(service.request(f"{path}/sequences.npz", accept="*/*")))
    client = Client(service.url, service.token)
    targets = arrays["targets"]
    decoded = [
        caption
        for start in range(0, len(targets), 65_536)
        for caption in client.decode(preparation["id"], targets[start : start + 65_536])["captions"]
    ]
    rows = service.request(f"{path}/descriptions.txt", accept="*/*").decode().splitlines()
    equal("decoded captions", decoded, [row.partition(" ")[2] for row in rows])
    print(f"{len(decoded)} captions decoded")


def main():
    if not FLICKR8K.is_dir():
        print(f"no Flickr8k at {FLICKR8K}: nothing to compare", file=sys.stderr)
        return
    photos = FLICKR8K / "Flicker8k_Dataset"
    files = {path.name.split(".")[0]: path for path in photos.iterdir()}
    with tempfile.TemporaryDirectory() as scratch, Service(
        scratch, [FLICKR8K, scratch]
    ) as service:
        captions, splits = service.register("flickr8k", photos, FLICKR8K / "Flickr8k_text")
        first = service.prepare("flickr8k", {"features": "none"})
        expected = (8092, 4485, 28, 66456, 2528)
        names = "describedPhotos", "vocabularySize", "maxLength", "examples", "servableExamples"
        equal("tutorial", tuple(first[name] for name in names), expected)
        compare(service, first, captions, splits, files)
        check_decoded(service, first)
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
        check_report(service, len(files))
        check_round_trip(service, scratch, every, recipe)
        check_judgements(service, photos)


main()
