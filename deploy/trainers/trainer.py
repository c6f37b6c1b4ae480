"""What the example trainers share: their options, the client, a preparation's data, captions."""

import argparse
import importlib.util
import os
import pathlib
import sys
import urllib.request

import numpy as np

CAPTIONED_PHOTOS = 3
PIXELS = (224, 224, 3)


def parse_options(checkpoint):
    parser = argparse.ArgumentParser()
    parser.add_argument("--preparation", help="its id; needed if there are several with features")
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--token-file", help="else the token is in CAPTIONARY_TOKEN")
    parser.add_argument("--client", help="captionary.py; by default the service is asked for it")
    parser.add_argument("--split", default="train")
    parser.add_argument("--photo", default="features", choices=("features", "pixels"))
    parser.add_argument("--layer", help="needed if features of several layers are stored")
    parser.add_argument("--shuffle", default="examples", choices=("none", "captions", "examples"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=64, help="examples in a batch")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--every", type=int, default=100, help="batches between two checkpoints")
    parser.add_argument("--checkpoint", type=pathlib.Path, default=pathlib.Path(checkpoint))
    parser.add_argument("--embeddings", help="text file of GloVe or word2vec")
    parser.add_argument("--freeze-embeddings", action="store_true")
    parser.add_argument("--caption", nargs="+", metavar="PHOTO_ID", help="photos to describe")
    options = parser.parse_args()
    if options.checkpoint.suffix != pathlib.Path(checkpoint).suffix:
        parser.error(f"--checkpoint must end with {pathlib.Path(checkpoint).suffix}")
    return options


def load_client(options):
    """The module captionary, from the file given or from the service itself."""
    path = options.client
    if path is None:
        path = options.checkpoint.absolute().parent / "captionary.py"
        with urllib.request.urlopen(options.url.rstrip("/") + "/clients/captionary.py") as answer:
            replace(path, lambda part: part.write_bytes(answer.read()))
    spec = importlib.util.spec_from_file_location("captionary", path)
    module = importlib.util.module_from_spec(spec)
    # Under its name, so that a DataLoader's workers find it too.
    sys.modules["captionary"] = module
    spec.loader.exec_module(module)
    return module


def replace(path, write):
    """Writes a file whole or not at all, whenever the process is killed."""
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    write(part)
    os.replace(part, path)


class Preparation:
    """A preparation of the service, as the options look at it."""

    def __init__(self, captionary, options):
        self.captionary = captionary
        self.options = options
        token = pathlib.Path(options.token_file).read_text().strip() if options.token_file else None
        self.client = captionary.Client(options.url, token)
        self.id = options.preparation or self._only_one()
        self.manifest = self.client.manifest(self.id)
        self.word_index = self.client.vocabulary(self.id)["wordIndex"]
        self.words = {index: word for word, index in self.word_index.items()}
        self.vocabulary_size = self.manifest["vocabularySize"]
        self.max_length = self.manifest["maxLength"]
        self.layer, self.photo_shape = self._photo_input()
        self.start_end = self._start_end()
        self.descriptions = self._descriptions()
        unknown = set(options.caption or ()) - set(self.descriptions)
        if unknown:
            raise SystemExit(f"--caption: not in this preparation: {', '.join(sorted(unknown))}")

    def _only_one(self):
        found = [each for each in self.client.preparations() if each["features"]]
        if len(found) == 1:
            return found[0]["id"]
        lines = [f"  {each['id']}  {each['dataset']}  {each['recipe']}" for each in found]
        raise SystemExit("\n".join([f"--preparation: one of these {len(found)}", *lines]))

    def _photo_input(self):
        if self.options.photo == "pixels":
            return None, PIXELS
        shapes = {each["layer"]: tuple(each["shape"]) for each in self.manifest["features"]}
        layer = self.options.layer
        if layer is None and len(shapes) == 1:
            layer = next(iter(shapes))
        if layer not in shapes:
            raise SystemExit(f"--layer: one of {', '.join(shapes) or 'none: there are no features'}")
        return layer, shapes[layer]

    def _start_end(self):
        words = self.manifest["recipe"]["startEnd"]
        return ["startseq", "endseq"] if words is True else [word.lower() for word in words or []]

    def batches(self, **parameters):
        """The photos in the form that the model takes; the rest as in captionary.Batches."""
        look = {"photo": self.options.photo, "layer": self.layer}
        return self.captionary.Batches(self.client, self.id, **look, **parameters)

    def training_batches(self):
        o = self.options
        return self.batches(split=o.split, size=o.size, shuffle=o.shuffle, seed=o.seed)

    def unseen_split(self):
        splits = self.manifest["splits"]
        usable = [s for s in ("test", "dev") if splits.get(s, {}).get("servableExamples")]
        return usable[0] if usable else "all"

    def standardisation(self):
        """Mean and variance of each channel over the first photos of the split trained on.

        Activations of a few hundred, as VGG16 gives them, would drown the words and saturate what
        follows. A channel that hardly varies there gets a floor: it may be alive in other photos.
        """
        count = 32 if self.options.photo == "pixels" else 256
        first = self.batches(split=self.options.split, photos=count, prefetch=0)
        photos = next(iter(first))["photos"].reshape(-1, self.photo_shape[-1])
        deviation = photos.std(axis=0)
        return photos.mean(axis=0), np.maximum(deviation, 0.1 * deviation.mean() + 1e-6) ** 2

    def embeddings(self):
        """A row for each index of the vocabulary, from --embeddings; None without it."""
        if self.options.embeddings is None:
            return None
        matrix, found = self.captionary.embedding_matrix(
            self.options.embeddings, self.word_index, self.vocabulary_size
        )
        print(f"embeddings: {found} of {len(self.word_index)} words found", flush=True)
        return matrix

    def _descriptions(self):
        """The clean captions of each photo, by its id, in the order of batches."""
        text = self.client.get(f"/api/preparations/{self.id}/descriptions.txt").decode()
        found = {}
        for line in text.splitlines():
            photo, _, caption = line.partition(" ")
            found.setdefault(photo, []).append(caption)
        return {photo: found[photo] for photo in sorted(found, key=str.encode)}

    def encode(self, captions):
        """As the service does it: unknown words dropped, the head of what is too long cut off."""
        start, end = self.start_end
        framed = [[start, *caption.split(), end] for caption in captions]
        unknown = 1 if self.manifest["recipe"]["outOfVocabulary"] else None
        rows = [[self.word_index.get(word, unknown) for word in words] for words in framed]
        return [[index for index in row if index][-self.max_length :] for row in rows]


def encoded_captions(batch):
    """The captions that the examples of one photo were cut from."""
    captions = []
    for words, target in zip(batch["sequences"], batch["targets"]):
        words = [int(word) for word in words if word]
        if len(words) == 1:
            captions.append(words)
        captions[-1].append(int(target))
    return captions


def described_photos(preparation):
    """Yields (photo id, its array). A batch does not name its photos: their captions tell."""
    described = preparation.descriptions.items()
    captions = {photo: preparation.encode(texts) for photo, texts in described}
    if preparation.options.caption:
        batches = preparation.batches(photos=1, prefetch=0)
        for photo in preparation.options.caption:
            yield photo, find_photo(batches, list(captions).index(photo), captions[photo])
        return
    split = preparation.unseen_split()
    batches = preparation.batches(split=split, photos=1, prefetch=0)
    if split == "all":
        last = max(0, batches.count - CAPTIONED_PHOTOS)
        batches.load_state_dict({**batches.state_dict(), "next": last})
    for batch, _ in zip(batches, range(CAPTIONED_PHOTOS)):
        found = encoded_captions(batch)
        yield next((id for id, rows in captions.items() if rows == found), "?"), batch["photos"][0]


def find_photo(batches, place, captions):
    """The array of the photo with these captions: at its place, or before it by as many as lack
    a file."""
    for number in range(min(place, batches.count - 1), -1, -1):
        batches.load_state_dict({**batches.state_dict(), "next": number})
        batch = next(iter(batches))
        if encoded_captions(batch) == captions:
            return batch["photos"][0]
    raise SystemExit("--caption: that photo has no file")


def greedy_caption(preparation, photo, predict):
    """The likeliest word again and again, until the end word or maxLength."""
    start, end = preparation.start_end
    words = [preparation.word_index[start]]
    for _ in range(preparation.max_length - 1):
        row = np.zeros((1, preparation.max_length), dtype="int32")
        row[0, -len(words) :] = words
        words.append(1 + int(np.argmax(predict(photo[None], row)[0][1:])))
        if words[-1] == preparation.word_index[end]:
            return words[1:-1]
    return words[1:]


def write_captions(preparation, predict):
    """Prints captions of photos; `predict` gives the next word's probabilities or logits."""
    if not preparation.start_end:
        print('no captions: they need a recipe with "startEnd": true')
        return
    for photo, array in described_photos(preparation):
        words = greedy_caption(preparation, array, predict)
        print(f"photo {photo}")
        print("  written:   " + " ".join(preparation.words[word] for word in words))
        for caption in preparation.descriptions.get(photo, []):
            print("  reference: " + caption)


def report_start(position):
    if position["epoch"] or position["next"]:
        print(f"resumed at epoch {position['epoch'] + 1}, batch {position['next']}", flush=True)


def report_epoch(epoch, epochs, loss, rate):
    print(f"epoch {epoch + 1}/{epochs}: loss {loss:.3f} ({rate:,.0f} examples/s)", flush=True)


def report_score(split, loss):
    print(f"split {split}: loss {loss:.3f} without dropout", flush=True)
