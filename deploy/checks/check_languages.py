"""Captions in many languages, by every cleaning and tokenizer, against Keras's own tokenizer."""

import io
import itertools
import pathlib
import tempfile

import numpy as np
from keras.src.legacy.preprocessing.text import (
    Tokenizer,
    text_to_word_sequence,
    tokenizer_from_json,
)

from expect import equal
from service import Service, draw_sample

TEXTS = [
    "A man , with 2 dogs , isn't in the well-known 1st-floor bar .",
    "一只黑色的狗在草地上奔跑，追着“球”。",
    "犬が公園で走っている。サーフボード",
    "สุนัขสองตัววิ่งบนหญ้า",
    "एउटी स्त्री (र) घोडा — मैदानमा।",
    "IŞIKLI İstanbul'da İKİ kız",
    "Die GROSSE Straße, die große STRASSE!",
    "ΟΔΟΣ οδός «Οδοσ» Σ",
    "كلبٌ يجري، في الحديقة؟ سگ می\u200cدود",
    "family 👨‍👩‍👧‍👦 dog🐕‍🦺 ❤️ 1️⃣ 🇳🇵 👍🏽 x \u200d👍 y",
    "No\u00a0break a_b\tc\x0bd \u2028e\u0085f Ꭰ ꭰ ﬁ cafe\u0301",
    " . ! ",
]
RECIPES = [
    {"cleaning": cleaning, "tokenizer": tokenizer, **more}
    for cleaning, tokenizer, more in itertools.product(
        ("tutorial", "unicode", "none"),
        ("whitespace", "words"),
        ({}, {"startEnd": True, "outOfVocabulary": True, "minCount": 2}),
    )
] + [
    {"cleaning": "unicode", "locale": "tr"},
    {"tokenizer": "words", "locale": "ja", "lettersOnly": True, "minTokenLength": 2},
]


def write_captions(file):
    """Gives each photo a text three times, in other company; returns the texts by photo id."""
    names = sorted({row.split("#")[0] for row in file.read_text().splitlines()})
    raw = {name.split(".")[0]: [] for name in names}
    rows = []
    for n, name in enumerate(names):
        for k in range(3):
            text = TEXTS[(n + k) % len(TEXTS)] + (" " + TEXTS[n * k % len(TEXTS)]) * (k > 1)
            raw[name.split(".")[0]].append(text)
            rows.append(f"{name}#{k}\t{text}\n")
    file.write_text("".join(rows), encoding="utf-8", newline="\n")
    return raw


def sequences(service, base):
    with np.load(io.BytesIO(service.request(base + "/sequences.npz"))) as arrays:
        return [[int(i) for i in row if i] for row in arrays["targets"]]


def compare(service, manifest, raw):
    base = f"/api/preparations/{manifest['id']}"
    text = service.request(base + "/descriptions.txt", accept="text/plain").decode()
    lines = [line.split(" ", 1) for line in text.split("\n")]
    ours = {photo: [rest for key, rest in lines if key == photo] for photo in raw}
    texts = [caption for photo in sorted(ours, key=str.encode) for caption in ours[photo]]
    start_end = manifest["recipe"]["startEnd"]
    framed = [f"startseq {text} endseq" if start_end else text for text in texts]
    restored = tokenizer_from_json(service.request(base + "/tokenizer.json").decode())
    length = manifest["maxLength"]
    theirs = [sequence[-length:] for sequence in restored.texts_to_sequences(framed)]
    equal("sequences", sequences(service, base), theirs)
    tokens = [text.split(" ") if text else [] for text in texts]
    equal("tokens", tokens, [text_to_word_sequence(text) for text in texts])
    if manifest["recipe"]["cleaning"] == "none" and manifest["recipe"]["tokenizer"] == "whitespace":
        uncleaned(service, base, manifest, raw, ours)


def uncleaned(service, base, manifest, raw, ours):
    """Without cleaning, what Keras makes of the caption file itself."""
    words = {photo: list(map(text_to_word_sequence, texts)) for photo, texts in raw.items()}
    equal("raw", ours, {photo: [" ".join(w) for w in texts] for photo, texts in words.items()})
    if manifest["recipe"]["minCount"] == 1:
        keras = Tokenizer()
        keras.fit_on_texts([text for texts in raw.values() for text in texts])
        index = service.json(base + "/vocabulary")["wordIndex"]
        equal("wordIndex", list(index.items()), list(keras.word_index.items()))


def preview(service, manifest):
    path = "/api/datasets/sample/recipes/preview"
    seen = service.json(path, {"recipe": manifest["recipe"]})
    for figure in seen.keys() & manifest.keys():
        equal(f"preview's {figure}", seen[figure], manifest[figure])


def main():
    with tempfile.TemporaryDirectory() as scratch:
        sample = draw_sample(scratch, 24)
        with Service(pathlib.Path(scratch, "data"), [scratch]) as service:
            texts = sample / "Flickr8k_text"
            raw = write_captions(texts / "Flickr8k.token.txt")
            service.register("sample", sample / "Flicker8k_Dataset", texts)
            for recipe in RECIPES:
                recipe = {"captions": "all", "features": "none", **recipe}
                manifest = service.prepare("sample", recipe)
                compare(service, manifest, raw)
                preview(service, manifest)
                print(f"{manifest['vocabularySize']} classes as Keras reads them: {recipe}")


main()
