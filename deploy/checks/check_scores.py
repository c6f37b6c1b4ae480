"""Sequences become captions again, and captions get the scores that pycocoevalcap gives them, also
where these are odd: empty, of one word, repeated, very long. Text is cut at white space, as COCO's
scripts do by Stanford's tokenizer, or by the recipe."""

import io
import json
import pathlib
import sys
import tempfile
import urllib.request

import numpy as np
from coco_scores import compare, compare_people, ptb, read_captions, read_split, words
from expect import equal
from service import ROOT, Service, draw_sample

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))

from captionary import Client, Problem  # noqa: E402

PHOTOS = 120
RECIPE = {"captions": "all", "startEnd": True, "features": "none"}


def odd_candidates(references):
    """Another photo's captions, and between them what no model should give."""
    photos = sorted(references)
    candidates = {p: references[photos[i - 1]][i % 5] for i, p in enumerate(photos)}
    first = references[photos[0]]
    candidates[photos[0]] = ""
    candidates[photos[1]] = "a"
    candidates[photos[2]] = " ".join(["the"] * 12)
    candidates[photos[3]] = " ".join(first * 40)
    candidates[photos[4]] = references[photos[4]][0]
    candidates[photos[5]] = "Don't look: it's \"the dog's\" t-shirt (red) - at 10:30 p.m., can't you?!"
    candidates[photos[6]] = " . "
    return candidates


def decoded(service, base, body, kind):
    headers = {"Authorization": "Bearer " + service.token, "Content-Type": kind}
    request = urllib.request.Request(f"{service.url}{base}/decode", data=body, headers=headers)
    return json.loads(urllib.request.urlopen(request).read())


def check_decode(service, base):
    sequences = np.load(io.BytesIO(service.request(f"{base}/sequences.npz")))["targets"]
    text = service.request(f"{base}/descriptions.txt", accept="text/plain").decode()
    described = sorted(row.partition(" ")[2] for row in text.split("\n"))
    for kind in (np.int32, np.int64, ">i2", np.uint16):
        body = io.BytesIO()
        np.savez_compressed(body, sequences=sequences.astype(kind))
        answer = decoded(service, base, body.getvalue(), "application/x-npz")
        equal(f"captions of {kind}", sorted(answer["captions"]), described)
        equal(f"unknown of {kind}", answer["unknown"], [])
    body = io.BytesIO()
    np.savez(body, sequences)
    answer = decoded(service, base, body.getvalue(), "application/x-npz")
    listed = json.dumps({"sequences": sequences.tolist()}).encode()
    equal("captions as JSON", decoded(service, base, listed, "application/json"), answer)
    print(len(described), "sequences became the captions that they were")


def check_scores(service, base, captions, photos):
    references = {photo: captions[photo] for photo in photos}
    candidates = odd_candidates(references)
    post = lambda **more: service.json(
        f"{base}/scores", {"split": "test", "candidates": candidates, **more}
    )

    cut = {photo: [words(text) for text in those] for photo, those in references.items()}
    ours = {photo: words(text) for photo, text in candidates.items()}
    compare("white space", post(tokenizer="whitespace"), cut, ours)

    cut = ptb(references)
    ours = {photo: those[0] for photo, those in ptb({p: [c] for p, c in candidates.items()}).items()}
    compare("Stanford's tokenizer", post(), cut, ours)
    people = service.json(f"{base}/scores/people?split=test")
    compare_people("people", people, cut)


def check_cleaned(service, base, photos):
    text = service.request(f"{base}/descriptions.txt", accept="text/plain").decode()
    cleaned = {}
    for row in text.split("\n"):
        photo, _, caption = row.partition(" ")
        cleaned.setdefault(photo, []).append(caption)
    references = {photo: cleaned[photo] for photo in photos}
    candidates = {p: references[photos[i - 1]][0] for i, p in enumerate(photos)}
    body = {"split": "test", "candidates": candidates, "references": "cleaned"}
    compare("cleaned", service.json(f"{base}/scores", body), references, candidates)


def check_client(service, base, id, captions, photos):
    """The client's calls give what the service does; some photos the CIDEr-D that all give them."""
    client = Client(service.url, service.token)
    sequences = np.load(io.BytesIO(service.request(f"{base}/sequences.npz")))["targets"]
    decoded = client.decode(id, sequences)
    equal("decoded lists", client.decode(id, [row[row > 0] for row in sequences]), decoded)
    candidates = {photo: captions[photos[i - 1]][0] for i, photo in enumerate(photos)}
    all_ = client.scores(id, candidates, split="test")
    few = {photo: candidates[photo] for photo in photos[:3]}
    some = client.scores(id, few, split="test", partial=True, name="epoch-1")
    equal("some", some["perPhoto"], {photo: all_["perPhoto"][photo] for photo in few})
    kept = service.json(f"{base}/scores/epoch-1")
    equal("kept", kept, some)
    people = service.json(f"{base}/scores/people?split=test")
    equal("people", client.people_scores(id, split="test"), people)
    try:
        client.judgement_scores(id)
        raise SystemExit("the sample has no judgements")
    except Problem as problem:
        equal("field", problem.field, "judgements")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, PHOTOS)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            texts = sample / "Flickr8k_text"
            file, lists = service.register("sample", sample / "Flicker8k_Dataset", texts)
            manifest = service.prepare("sample", RECIPE)
            base = f"/api/preparations/{manifest['id']}"
            photos = sorted(read_split(pathlib.Path(lists["test"])))
            check_decode(service, base)
            check_scores(service, base, read_captions(file), photos)
            check_cleaned(service, base, photos)
            check_client(service, base, manifest["id"], read_captions(file), photos)


main()
