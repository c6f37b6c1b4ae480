"""The Keras tutorial that people copy by hand, as the yardstick for a preparation.

After J. Brownlee, "How to Develop a Deep Learning Photo Caption Generator from Scratch"; its
functions keep their names. Keras itself tokenizes, pads and decodes photos.
"""

import pathlib
import string

import numpy as np
from keras.applications.vgg16 import preprocess_input
from keras.src.legacy.preprocessing.text import Tokenizer
from keras.utils import img_to_array, load_img, pad_sequences


def load_descriptions(text, first_only):
    mapping = {}
    for line in text.split("\n"):
        tokens = line.split()
        if len(line) < 2:
            continue
        image_id, words = tokens[0].split("#")[0].split(".")[0], tokens[1:]
        if first_only and image_id in mapping:
            continue
        mapping.setdefault(image_id, []).append(" ".join(words))
    return mapping


def clean_descriptions(descriptions, letters_only):
    table = str.maketrans("", "", string.punctuation)
    cleaned = {}
    for image_id, captions in descriptions.items():
        for caption in captions:
            words = [word.lower() for word in caption.split()]
            words = [word.translate(table) for word in words]
            words = [word for word in words if len(word) > 1]
            if letters_only:
                words = [word for word in words if word.isalpha()]
            cleaned.setdefault(image_id, []).append(" ".join(words))
    return cleaned


def save_doc(descriptions):
    return "\n".join(f"{key} {text}" for key, texts in descriptions.items() for text in texts)


def load_set(path):
    lines = pathlib.Path(path).read_text().split("\n")
    return {line.split(".")[0] for line in lines if len(line) >= 1}


class Tutorial:
    """What the tutorial makes of a data set by the choices of a recipe."""

    def __init__(self, captions_file, splits, recipe):
        text = pathlib.Path(captions_file).read_text()
        raw = load_descriptions(text, recipe["captions"] == "first")
        self.descriptions = clean_descriptions(raw, recipe["lettersOnly"])
        self.framed = {
            key: [f"startseq {text} endseq" if recipe["startEnd"] else text for text in texts]
            for key, texts in self.descriptions.items()
        }
        self.sets = {name: load_set(path) for name, path in splits.items()}
        fit_on = recipe["fitOn"]
        fitted = [
            text
            for key, texts in self.framed.items()
            if fit_on == "all" or key in self.sets[fit_on]
            for text in texts
        ]
        self.tokenizer = Tokenizer()
        self.tokenizer.fit_on_texts(fitted)
        self.vocabulary_size = len(self.tokenizer.word_index) + 1
        self.max_length = max(len(text.split()) for text in fitted)

    def photos(self, split):
        """Ids in byte order, as preparations have them."""
        ids = self.framed.keys() if split == "all" else self.sets[split] & self.framed.keys()
        return sorted(ids, key=str.encode)

    def create_sequences(self, photo):
        """Inputs (n, max_length) and next words (n,) of one photo."""
        inputs, targets = [], []
        for text in self.framed[photo]:
            sequence = self.tokenizer.texts_to_sequences([text])[0]
            for i in range(1, len(sequence)):
                inputs.append(sequence[:i])
                targets.append(sequence[i])
        padded = pad_sequences(inputs, maxlen=self.max_length) if inputs else []
        return np.array(padded).reshape(-1, self.max_length), np.array(targets, dtype="int32")

    def count_examples(self, split):
        return sum(len(self.create_sequences(photo)[1]) for photo in self.photos(split))


def load_photo(path):
    """(224, 224, 3) float32 as VGG16 takes it."""
    return preprocess_input(img_to_array(load_img(path, target_size=(224, 224))))
