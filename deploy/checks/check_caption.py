"""The client captions photos by a model's next words: the greedy way, and the better caption that only
beams find; from a photo's file as from the features of the data set."""

import pathlib
import sys
import tempfile

import numpy as np
from expect import equal, same
from service import ROOT, Service, draw_sample

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))

from captionary import Captioner, Client  # noqa: E402

RECIPE = {"captions": "all", "startEnd": True, "features": ["avg"]}


class Model:
    """Gives each known beginning its next words, and the end of the caption to any other."""

    def __init__(self, captioner, photo, table):
        index = captioner.word_index
        self.size = len(index) + 1
        self.end = index["endseq"]
        self.photo = photo
        self.table = {
            tuple(index[w] for w in ("startseq", *begin.split())): [
                (index[word], share) for word, share in next_.items()
            ]
            for begin, next_ in table.items()
        }
        self.calls = []

    def __call__(self, photos, sequences):
        equal("type of sequences", sequences.dtype, np.dtype("int32"))
        found = np.zeros((len(sequences), self.size), np.float32)
        for photo, row, out in zip(photos, sequences, found):
            same("photo", photo, self.photo)
            words = tuple(int(word) for word in row if word)
            equal("left-padded", row[: len(row) - len(words)].any(), False)
            for word, share in self.table.get(words, [(self.end, 1.0)]):
                out[word] = share
            # What is no word must not be taken, however probable.
            out[0] = 1.0
        self.calls.append(len(sequences))
        return found


def told(captioner, photo, model, **options):
    caption = captioner.caption(photo, model, **options)
    equal("text", caption.text, " ".join(caption.words))
    return caption.text, round(np.exp(caption.log_probability), 6)


def check(service, sample, manifest):
    client = Client(service.url, service.token)
    captioner = Captioner(client, manifest["id"])
    stored = dict(client.features(manifest["id"]))
    file = sorted((sample / "Flicker8k_Dataset").iterdir())[0]
    photo = stored[file.name.partition(".")[0]]
    same("features of a file", captioner.features(file), photo)
    a, b, c, d = [w for w in captioner.word_index if w not in ("startseq", "endseq")][:4]
    model = Model(
        captioner,
        photo,
        # The first word that is most probable leads to worse captions than the second does.
        {
            "": {a: 0.6, b: 0.4},
            a: {c: 0.5, d: 0.5},
            b: {c: 0.9, d: 0.1},
            f"{b} {c}": {d: 1.0},
        },
    )
    equal("greedy", told(captioner, file, model), (f"{a} {c}", 0.3))
    equal("greedy asks for one at a time", set(model.calls), {1})
    best = (f"{b} {c} {d}", 0.36)
    equal("two beams", told(captioner, photo, model, beams=2), best)
    equal("five beams", told(captioner, file.read_bytes(), model, beams=5), best)

    short = Model(captioner, photo, {"": {a: 0.5, "endseq": 0.5}, a: {b: 0.9, c: 0.1}})
    equal("short ones win", told(captioner, photo, short, beams=4, length_power=0), ("", 0.5))
    equal("length counts", told(captioner, photo, short, beams=4), (f"{a} {b}", 0.45))

    endless = {(): {a: 1.0}}
    words = []
    for _ in range(captioner.max_length):
        endless[" ".join(words)] = {a: 1.0}
        words.append(a)
    endless.pop(())
    longest, _ = told(captioner, photo, Model(captioner, photo, endless))
    equal("longest", len(longest.split()), captioner.max_length - 1)
    try:
        captioner.caption(photo, lambda photos, sequences: np.ones((1, 3)))
    except ValueError as error:
        equal("shape", "(1, 3)" in str(error), True)
    else:
        raise SystemExit("an array of a wrong shape was taken")
    try:
        Captioner(client, manifest["id"], begin="nosuchword")
    except ValueError as error:
        equal("word", "nosuchword" in str(error), True)
    else:
        raise SystemExit("a word that is none was taken")
    print(f"greedy: {a} {c}; beams: {best[0]}")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, 6)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            check(service, sample, service.prepare("sample", RECIPE))


main()
