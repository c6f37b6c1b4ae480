"""The Python client in a real Keras fit: each batch is trained on once and in order."""

import itertools
import sys

import keras

from expect import equal
from faulty_server import FaultyServer
from service import ROOT

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))

from captionary import Batches, Client, keras_dataset, keras_progress, tuples  # noqa: E402

COUNT = 9


def first_targets(targets, outputs):
    """As the loss of a batch, its number and 100 times its epoch: so Keras itself tells what it
    trains on."""
    values = keras.ops.cast(keras.ops.reshape(targets, (-1,)), "float32")
    return values[0] + 100 * values[1] + 0 * keras.ops.sum(outputs)


def model():
    photos, sequences = keras.Input((20_000,)), keras.Input((7,))
    joined = keras.layers.Concatenate()([keras.layers.Dense(2)(photos), sequences])
    built = keras.Model([photos, sequences], keras.layers.Dense(1)(joined))
    built.compile("sgd", loss=first_targets)
    return built


class Trained(keras.callbacks.Callback):
    """(epoch, number) of each batch trained on, and the position that `batches` has after it."""

    def __init__(self, batches):
        super().__init__()
        self.batches = batches
        self.seen = []
        self.positions = []

    def on_epoch_begin(self, epoch, logs=None):
        self.sum = 0.0

    def on_train_batch_end(self, batch, logs=None):
        # Keras tells the mean since the start of the epoch.
        total = logs["loss"] * (batch + 1)
        epoch, number = divmod(round(total - self.sum), 100)
        self.sum = round(total)
        self.seen.append((epoch, number))
        self.positions.append((self.batches.epoch, self.batches.next))


def made(server, **parameters):
    return Batches(Client(server.url), "p", shuffle="examples", **parameters)


def pairs(*epochs):
    """(epoch, number) for each epoch and its numbers."""
    return [(epoch, number) for epoch, numbers in epochs for number in numbers]


def fit(batches, first, last):
    """What is trained on from Keras's epoch `first` to before `last`, and the positions then."""
    trained = Trained(batches)
    options = {"shuffle": False, "verbose": 0, "callbacks": [keras_progress(batches), trained]}
    model().fit(keras_dataset(batches), initial_epoch=first, epochs=last, **options)
    return trained


def dataset(server):
    """Each batch once, in order, with any number fetched ahead; and the state after each step."""
    for prefetch in (0, 1, 4, 20):
        batches = made(server, prefetch=prefetch)
        trained = fit(batches, 0, 3)
        expected = pairs(*((epoch, range(COUNT)) for epoch in range(3)))
        equal("trained on", trained.seen, expected)
        equal("positions", trained.positions, [(epoch, n + 1) for epoch, n in expected])
        equal("after", (batches.epoch, batches.next), (3, 0))


def resume(server):
    """From the middle of an epoch its rest, then whole ones; a rank of two as well."""
    for rank, world in ((0, 1), (1, 2)):
        batches = made(server, rank=rank, world_size=world)
        batches.load_state_dict({**batches.state_dict(), "epoch": 2, "next": 4})
        equal("rest", fit(batches, 2, 3).seen, pairs((2, range(4 + rank, COUNT, world))))
        whole = range(rank, COUNT, world)
        equal("then", fit(batches, 3, 5).seen, pairs((3, whole), (4, whole)))


def validation(server):
    """Validation data is the same each time; what needs a callback is refused without."""
    batches, held_out = made(server), Batches(Client(server.url), "p", split="dev")
    options = {"epochs": 3, "shuffle": False, "callbacks": [keras_progress(batches)]}
    options["validation_data"] = keras_dataset(held_out)
    history = model().fit(keras_dataset(batches), verbose=0, **options).history
    mean = (COUNT - 1) / 2
    equal("trained on", history["loss"], [mean, 100 + mean, 200 + mean])
    equal("validated on", history["val_loss"], [mean] * 3)
    try:
        model().fit(keras_dataset(made(server)), shuffle=False, verbose=0)
    except ValueError as error:
        equal("refused", "keras_progress(batches)" in str(error), True)
    else:
        raise SystemExit("shuffled batches were taken without keras_progress")


def generator(server):
    """Keras takes as many as it is told to; the batches themselves are in order."""
    batches = made(server)
    trained = Trained(batches)
    options = {"epochs": 2, "verbose": 0, "callbacks": [trained]}
    model().fit(tuples(batches), steps_per_epoch=len(batches), **options)
    equal("trained on", trained.seen, pairs((0, range(COUNT)), (1, range(COUNT))))
    (photos, index, sequences), targets = next(tuples(made(server), expand=False))
    shapes = [photos.shape, index.shape, sequences.shape, targets.shape]
    equal("shapes", shapes, [(2, 20_000), (3,), (3, 7), (3,)])
    endless = itertools.islice(tuples(made(server)), 3 * COUNT)
    equal("endless", [int(targets[1]) for _, targets in endless], sorted([0, 1, 2] * COUNT))


def main():
    with FaultyServer(COUNT) as server:
        for check in (dataset, resume, validation, generator):
            check(server)
    print("client: Keras trains on each batch once and in order, and resumes")


main()
