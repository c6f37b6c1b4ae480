"""Compares reading caption files with Python's own readers: rows a second, and memory.

    deploy/benchmark.sh formats [--captions 1000000] [--rounds 3]

A file of each format is drawn, five captions a photo. Each measurement is a process of its own, and
medians count; the service's reader runs with a heap of 64 MB, and as an import drives it, into
nothing. `live`: the heap that is in use, in MB, after one and nine tenths of the captions; some 14
of it are the launcher's, which compiles the measurement, and at first up to 18 more.
`Python`: json.load, csv or split and a loop, the captions in a list; MB: its peak.
"""

import argparse
import csv
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

from service import JAR

HERE = pathlib.Path(__file__).parent
WORDS = "a man in blue shirt dog runs across the grass , near two young children on street .".split()


def captions(count):
    """(number of the photo, number of its caption, caption), the same on each run."""
    draw = random.Random(7)
    for row in range(count):
        yield row // 5, row % 5, " ".join(draw.choices(WORDS, k=11))


def coco(file, count, images_first=True):
    name = "COCO_train2014_{:012d}.jpg".format
    images = [{"license": 1, "file_name": name(p), "height": 480, "id": p} for p in range(-(-count // 5))]
    rows = ({"image_id": p, "id": 5 * p + k, "caption": text} for p, k, text in captions(count))
    parts = {"images": images, "annotations": list(rows)}
    json.dump(parts if images_first else dict(reversed(parts.items())), file)


def coco_backwards(file, count):
    coco(file, count, images_first=False)


def karpathy(file, count):
    images = {}
    for photo, _, text in captions(count):
        image = images.setdefault(photo, {"filename": f"{photo}.jpg", "split": "train", "sentences": []})
        image["sentences"].append({"tokens": text.split(), "raw": text, "imgid": photo})
    json.dump({"images": list(images.values()), "dataset": "drawn"}, file)


def kaggle(file, count):
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["image", "caption"])
    table.writerows((f"{photo}.jpg", text) for photo, _, text in captions(count))


def flickr30k(file, count):
    file.write("image_name| comment_number| comment\n")
    file.writelines(f"{photo}.jpg| {k}| {text}\n" for photo, k, text in captions(count))


def flickr8k(file, count):
    file.writelines(f"{photo}.jpg#{k}\t{text}\n" for photo, k, text in captions(count))


def imagefolder(file, count):
    for photo, _, text in captions(count):
        file.write(json.dumps({"file_name": f"train/{photo}.jpg", "text": text}) + "\n")


def run(*command):
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return list(map(float, ran.stdout.split()))


def measure(name, path, count, rounds):
    """Medians of ours and of Python's figures; both must have read every caption."""
    format_, jars = name.removesuffix("_backwards"), JAR.parent / "lib/main/*"
    java = ["java", "-Xmx64m", "-cp", str(jars), str(HERE / "FormatRate.java")]
    ours, python = [], []
    for _ in range(rounds):
        ours.append(run(*java, format_, path, str(count // 10)))
        python.append(run(sys.executable, str(HERE / "peer_formats.py"), format_, path))
    if any(row[0] != count for row in ours + python):
        raise SystemExit(f"not all captions were read: {ours} {python}")
    return [list(map(statistics.median, zip(*rows))) for rows in (ours, python)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--captions", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--formats", nargs="*")
    options = options.parse_args()
    formats = [flickr8k, flickr30k, kaggle, imagefolder, coco, coco_backwards, karpathy]
    print(f"{'format':15} {'MB':>5} {'rows/s':>9} {'live':>11} {'Python':>9} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for draw in formats:
            if options.formats and draw.__name__ not in options.formats:
                continue
            path = pathlib.Path(folder, draw.__name__)
            with path.open("w", encoding="utf-8") as file:
                draw(file, options.captions)
            ours, python = measure(draw.__name__, str(path), options.captions, options.rounds)
            size = path.stat().st_size / 1e6
            live = f"{ours[3]:.1f}, {ours[4]:.1f}"
            print(f"{draw.__name__:15} {size:5.0f} {ours[2]:9,.0f} {live:>11} {python[1]:9,.0f} {python[2]:6,.0f}")
            path.unlink()


if __name__ == "__main__":
    main()
