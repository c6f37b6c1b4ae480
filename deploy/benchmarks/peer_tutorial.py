"""The generator that people copy, as a loader to compare with."""

import pickle
import random

import numpy as np
from keras.src.legacy.preprocessing.text import tokenizer_from_json
from keras.utils import pad_sequences, to_categorical


class Tutorial:
    """The generator that people copy: all in memory, a Python loop over examples, one-hot targets.

    After J. Brownlee, "How to Develop a Deep Learning Photo Caption Generator from Scratch". It
    yields whole photos, here as many as come nearest to `size` examples; photos are shuffled.
    """

    def __init__(self, exported, layer, size, **_):
        folder = exported.folder
        self.features = pickle.loads((folder / f"features-{layer}.pkl").read_bytes())
        self.descriptions = pickle.loads((folder / "descriptions.pkl").read_bytes())
        self.tokenizer = tokenizer_from_json((folder / "tokenizer.json").read_text())
        self.max_length = exported.text().max_length
        self.vocab_size = len(self.tokenizer.word_index) + 1
        examples = len(exported.text().words) - len(exported.text().photo)
        self.photos = max(1, round(size * len(self.features) / examples))

    def create_sequences(self, desc_list, photo):
        X1, X2, y = list(), list(), list()
        for desc in desc_list:
            seq = self.tokenizer.texts_to_sequences([desc])[0]
            for i in range(1, len(seq)):
                in_seq, out_seq = seq[:i], seq[i]
                in_seq = pad_sequences([in_seq], maxlen=self.max_length)[0]
                out_seq = to_categorical([out_seq], num_classes=self.vocab_size)[0]
                X1.append(photo)
                X2.append(in_seq)
                y.append(out_seq)
        return X1, X2, y

    def epoch(self, number):
        keys = list(self.descriptions)
        random.Random(number).shuffle(keys)
        for first in range(0, len(keys), self.photos):
            X1, X2, y = list(), list(), list()
            for key in keys[first : first + self.photos]:
                made = self.create_sequences(self.descriptions[key], self.features[key][0])
                X1 += made[0]
                X2 += made[1]
                y += made[2]
            yield np.array(X1), None, np.array(X2), np.array(y)
