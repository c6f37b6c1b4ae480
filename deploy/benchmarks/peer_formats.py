"""Reads a caption file as a script does, whole: FORMAT FILE. Prints captions, captions a second, MB."""

import csv
import json
import resource
import sys
import time


def coco(file):
    read = json.load(file)
    names = {image["id"]: image["file_name"] for image in read["images"]}
    return [(names[row["image_id"]], row["caption"]) for row in read["annotations"]]


def karpathy(file):
    images = json.load(file)["images"]
    return [(image["filename"], row["raw"]) for image in images for row in image["sentences"]]


def kaggle(file):
    return [(row["image"], row["caption"]) for row in csv.DictReader(file)]


def flickr30k(file):
    next(file)
    rows = (line.split("|", 2) for line in file)
    return [(name, caption.strip()) for name, _, caption in rows]


def flickr8k(file):
    rows = (line.rstrip("\n").split("\t", 1) for line in file)
    return [(key.split("#")[0], caption) for key, caption in rows]


def imagefolder(file):
    return [(row["file_name"], row["text"]) for row in map(json.loads, file)]


def main():
    began = time.perf_counter()
    with open(sys.argv[2], encoding="utf-8", newline="" if sys.argv[1] == "kaggle" else None) as file:
        captions = globals()[sys.argv[1]](file)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(len(captions), len(captions) / seconds, peak)


if __name__ == "__main__":
    main()
