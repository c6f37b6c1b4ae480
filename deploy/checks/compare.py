"""Compares a preparation, as trainers see it over HTTP, with what the Keras tutorial makes."""

import io
import json

import numpy as np
from keras.src.legacy.preprocessing.text import tokenizer_from_json

from expect import equal, same
from tutorial import Tutorial, load_photo, save_doc


def npz(service, path):
    with np.load(io.BytesIO(service.request(path))) as arrays:
        return {name: arrays[name] for name in arrays.files}


def figures(manifest, tutorial):
    equal("vocabularySize", manifest["vocabularySize"], tutorial.vocabulary_size)
    equal("maxLength", manifest["maxLength"], tutorial.max_length)
    equal("describedPhotos", manifest["describedPhotos"], len(tutorial.descriptions))
    equal("examples", manifest["examples"], tutorial.count_examples("all"))
    for split, ours in manifest["splits"].items():
        equal(f"{split} photos", ours["describedPhotos"], len(tutorial.photos(split)))
        equal(f"{split} examples", ours["examples"], tutorial.count_examples(split))


def text(service, base, tutorial):
    ours = service.request(base + "/descriptions.txt", accept="text/plain").decode()
    equal("descriptions.txt", ours.split("\n"), save_doc(tutorial.descriptions).split("\n"))
    keras = tutorial.tokenizer
    vocabulary = service.json(base + "/vocabulary")
    equal("wordIndex", list(vocabulary["wordIndex"].items()), list(keras.word_index.items()))
    equal("counts", vocabulary["counts"], dict(keras.word_counts))
    restored = tokenizer_from_json(service.request(base + "/tokenizer.json").decode())
    equal("document_count", restored.document_count, keras.document_count)
    equal("word_docs", dict(restored.word_docs), dict(keras.word_docs))
    framed = [text for texts in tutorial.framed.values() for text in texts]
    equal("sequences", restored.texts_to_sequences(framed), keras.texts_to_sequences(framed))


def epoch(service, base, tutorial, split, photo_files, size):
    """Every batch of a split, end to end, against the tutorial's examples of the photos there."""
    photos = [photo for photo in tutorial.photos(split) if photo in photo_files]
    pairs = [tutorial.create_sequences(photo) for photo in photos]
    inputs = np.concatenate([x for x, _ in pairs])
    targets = np.concatenate([y for _, y in pairs])
    query = f"?split={split}&size={size}"
    for n in range(-(-len(targets) // size)):
        batch = npz(service, f"{base}/batches/{n}.npz{query}&photo=none")
        window = slice(n * size, (n + 1) * size)
        same(f"{split} batch {n} sequences", batch["sequences"], inputs[window])
        same(f"{split} batch {n} targets", batch["targets"], targets[window])
    return len(targets)


def encodings(service, base, layer):
    query = f"?size=5&layer={layer}"
    arrays = npz(service, f"{base}/batches/0.npz{query}")
    document = json.loads(service.request(f"{base}/batches/0.json{query}"))
    equal("arrays", list(document), list(arrays))
    for name, array in arrays.items():
        same(f"json {name}", np.array(document[name], dtype=array.dtype), array)
    expanded = npz(service, f"{base}/batches/0.npz{query}&layout=expanded")
    same("expanded photos", expanded["photos"], arrays["photos"][arrays["photo_index"]])
    onehot = npz(service, f"{base}/batches/0.npz{query}&target=onehot")["targets"]
    same("one-hot", onehot.argmax(1), arrays["targets"])
    equal("one-hot sum", float(onehot.sum()), float(len(onehot)))


def pixels(service, base, tutorial, photo_files, count):
    """The largest difference, in levels of 255, from what Keras reads from the file."""
    servable = [
        photo
        for photo in tutorial.photos("all")
        if photo in photo_files and len(tutorial.create_sequences(photo)[1])
    ]
    worst = 0.0
    for n, photo in enumerate(servable[:count]):
        batch = npz(service, f"{base}/batches/{n}.npz?photos=1&photo=pixels")
        worst = max(worst, float(np.abs(batch["photos"][0] - load_photo(photo_files[photo])).max()))
    if worst > 3:
        raise SystemExit(f"pixels differ by up to {worst}")
    return worst


def compare(service, manifest, captions, splits, photo_files):
    """Raises SystemExit at the first difference."""
    base = f"/api/preparations/{manifest['id']}"
    tutorial = Tutorial(captions, splits, manifest["recipe"])
    figures(manifest, tutorial)
    text(service, base, tutorial)
    served = epoch(service, base, tutorial, "all", photo_files, 256)
    equal("servableExamples", manifest["servableExamples"], served)
    for split in splits:
        epoch(service, base, tutorial, split, photo_files, 97)
    for feature in manifest["features"]:
        encodings(service, base, feature["layer"])
    worst = pixels(service, base, tutorial, photo_files, 20)
    print(
        f"{manifest['dataset']} {manifest['id']}: {manifest['vocabularySize']} classes,"
        f" length {manifest['maxLength']}, {manifest['examples']} examples, {served} served,"
        f" as the tutorial's; pixels within {worst:g}"
    )
