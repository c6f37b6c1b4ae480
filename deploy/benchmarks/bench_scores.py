"""Measures one call that scores a split against pycocoevalcap's Python for the same metrics.

    deploy/benchmark.sh scores [--photos 5000] [--rounds 5]

Every photo of a sample with five captions each gets the first caption of another as candidate. Both
begin with raw text and cut it at white space, and compute BLEU-1 to 4, ROUGE-L and CIDEr-D over the
corpus and per photo; the service computes its METEOR variant besides, reads the references from its
database, and answers over HTTP. They take turns; medians, after a round that warms up.
"""

import argparse
import json
import pathlib
import statistics
import tempfile
import time
import urllib.request

from coco_scores import coco, compare, read_captions, words
from service import Service, draw_sample


def timed(work):
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def theirs(captions, candidates):
    return coco(
        {photo: [words(text) for text in those] for photo, those in captions.items()},
        {photo: words(text) for photo, text in candidates.items()},
    )


def ours(service, path, body):
    headers = {"Authorization": "Bearer " + service.token, "Content-Type": "application/json"}
    request = urllib.request.Request(service.url + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--photos", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, options.photos)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            texts = sample / "Flickr8k_text"
            file, _ = service.register("sample", sample / "Flicker8k_Dataset", texts)
            recipe = {"captions": "all", "features": "none"}
            preparation = service.prepare("sample", recipe)["id"]
            captions = read_captions(file)
            photos = sorted(captions)
            candidates = {p: captions[photos[i - 1]][0] for i, p in enumerate(photos)}
            path = f"/api/preparations/{preparation}/scores"
            times = {"pycocoevalcap": [], "service": [], "service, ptb": []}
            for number in range(options.rounds + 1):
                body = {"candidates": candidates, "tokenizer": "whitespace"}
                _, slow = timed(lambda: theirs(captions, candidates))
                answer, fast = timed(lambda: ours(service, path, body))
                _, ptb = timed(lambda: ours(service, path, {"candidates": candidates}))
                if number:
                    for name, taken in zip(times, (slow, fast, ptb)):
                        times[name].append(taken)
            compare(
                "the same",
                answer,
                {photo: [words(text) for text in those] for photo, those in captions.items()},
                {photo: words(text) for photo, text in candidates.items()},
            )
            least = statistics.median(times["pycocoevalcap"])
            for name, taken in times.items():
                median = statistics.median(taken)
                print(
                    f"{name:14} {median:7.2f} s ({min(taken):.2f} to {max(taken):.2f}),"
                    f" {len(photos) / median:8,.0f} candidates/s, {least / median:5.1f} times"
                )


if __name__ == "__main__":
    main()
