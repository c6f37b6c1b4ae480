"""The tutorial's merge model in Keras 3, fed by Captionary."""

import json
import time
import zipfile

import keras
from keras import layers

from trainer import (
    Preparation,
    load_client,
    parse_options,
    replace,
    report_epoch,
    report_score,
    report_start,
    write_captions,
)

MEMBER = "captionary.json"


def see(photos):
    """One vector for each photo, whatever came in."""
    if len(photos.shape) == 2:
        return photos
    if photos.shape[-1] == 3:
        for filters, kernel, stride in ((16, 5, 4), (32, 3, 2), (64, 3, 2)):
            photos = layers.Conv2D(filters, kernel, stride, "same", activation="relu")(photos)
    else:
        # Weights shared by all 49 places: flattened, 25,088 inputs overfit small data sets.
        photos = layers.Conv2D(128, 1, activation="relu")(photos)
    pooled = layers.GlobalAveragePooling2D()(photos), layers.GlobalMaxPooling2D()(photos)
    return layers.Concatenate()(pooled)


def embed(preparation, sequences):
    matrix = preparation.embeddings()
    size, freeze = preparation.vocabulary_size, preparation.options.freeze_embeddings
    if matrix is None:
        return layers.Embedding(size, 256, mask_zero=True)(sequences)
    layer = layers.Embedding(size, matrix.shape[1], mask_zero=True, trainable=not freeze)
    embedded = layer(sequences)
    layer.set_weights([matrix])
    return embedded


def build(preparation):
    mean, variance = preparation.standardisation()
    photos = keras.Input(preparation.photo_shape, name="photos")
    standard = layers.Normalization(mean=mean, variance=variance)(photos)
    seen = layers.Dense(256, activation="relu")(layers.Dropout(0.5)(see(standard)))
    sequences = keras.Input((preparation.max_length,), dtype="int32", name="sequences")
    read = layers.LSTM(256)(layers.Dropout(0.5)(embed(preparation, sequences)))
    merged = layers.Dense(256, activation="relu")(layers.Add()([seen, read]))
    words = layers.Dense(preparation.vocabulary_size, activation="softmax")(merged)
    model = keras.Model([photos, sequences], words)
    # The tutorial's loss, with the word's index in the place of a one-hot row.
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


def dropout_states(model):
    """The states of the random generators, which Keras makes anew when it loads a model."""
    return [each for each in model.variables if each.name == "seed_generator_state"]


def save(path, model, position):
    """Weights and optimiser as Keras saves them, and the rest as a further member of the file."""
    states = [keras.ops.convert_to_numpy(state).tolist() for state in dropout_states(model)]

    def write(part):
        model.save(part)
        with zipfile.ZipFile(part, "a") as archive:
            archive.writestr(MEMBER, json.dumps({"position": position, "random": states}))

    replace(path, write)


def load(path):
    with zipfile.ZipFile(path) as archive:
        saved = json.loads(archive.read(MEMBER))
    model = keras.saving.load_model(path)
    for state, value in zip(dropout_states(model), saved["random"], strict=True):
        state.assign(value)
    return model, saved["position"]


class Checkpoints(keras.callbacks.Callback):
    """Counts the batches trained: Keras asks the generator for some more ahead."""

    def __init__(self, options, position, stop):
        super().__init__()
        self.options, self.position, self.stop = options, position, stop
        self.before = dict(position)

    def on_train_batch_end(self, batch, logs):
        self.position["next"] += 1
        if self.position["next"] % self.options.every == 0 and self.position["next"] < self.stop:
            self.count((batch + 1) * self.options.size, logs["loss"])
            save(self.options.checkpoint, self.model, self.position)

    def count(self, examples, loss):
        """`loss` is the mean since the start or resumption; the epoch's is wanted."""
        self.position["examples"] = self.before["examples"] + examples
        self.position["loss"] = self.before["loss"] + float(loss) * examples


def train_epoch(model, preparation, batches, position):
    """Trains the rest of an epoch, and moves `position` to the next one."""
    options, start = preparation.options, time.monotonic()
    batches.load_state_dict(position)
    checkpoints = Checkpoints(options, position, len(batches))
    history = model.fit(
        preparation.captionary.tuples(batches),
        steps_per_epoch=len(batches) - position["next"],
        callbacks=[checkpoints],
        shuffle=False,
        verbose=0,
    )
    whole = preparation.manifest["splits"].get(options.split, preparation.manifest)
    rest = whole["servableExamples"] - checkpoints.before["examples"]
    checkpoints.count(rest, history.history["loss"][0])
    loss, rate = position["loss"] / position["examples"], rest / (time.monotonic() - start)
    report_epoch(position["epoch"], options.epochs, loss, rate)
    position.update(epoch=position["epoch"] + 1, next=0, examples=0, loss=0.0)
    save(options.checkpoint, model, position)


def score(model, preparation, split):
    """The mean loss over a split."""
    batches = preparation.batches(split=split, size=preparation.options.size)
    generator = preparation.captionary.tuples(batches)
    report_score(split, model.evaluate(generator, steps=len(batches), verbose=0))


def main():
    options = parse_options("captions.keras")
    preparation = Preparation(load_client(options), options)
    batches = preparation.training_batches()
    if options.checkpoint.exists():
        model, position = load(options.checkpoint)
        report_start(position)
    else:
        keras.utils.set_random_seed(options.seed % 2**32)
        model = build(preparation)
        position = {**batches.state_dict(), "examples": 0, "loss": 0.0}
    while position["epoch"] < options.epochs:
        train_epoch(model, preparation, batches, position)
    score(model, preparation, preparation.unseen_split())

    def predict(photos, sequences):
        return model.predict_on_batch((photos, sequences))

    write_captions(preparation, predict)


if __name__ == "__main__":
    main()
