"""Captions to examples of model word in numpy, as a careful user of another loader would do it."""

import random

import numpy as np

# Examples that a shuffle buffer holds.
BUFFER = 10_000


def windows(words, max_length):
    """Row k: the max_length words before words[k], with zeros before the first."""
    padded = np.concatenate([np.zeros(max_length, "int32"), words])
    return np.lib.stride_tricks.sliding_window_view(padded, max_length)


def unroll(captions, max_length):
    """Sequences (n, max_length) and targets (n,) of a photo's captions."""
    sequences = [windows(words, max_length)[1 : len(words)] for words in captions]
    return np.concatenate(sequences), np.concatenate([words[1:] for words in captions])


def split_captions(words, starts):
    return [words[a:b] for a, b in zip(starts, starts[1:])]


def examples(photos, max_length):
    """(photo, sequence, target) one by one, of (photo, captions)."""
    for photo, captions in photos:
        for sequence, target in zip(*unroll(captions, max_length)):
            yield photo, sequence, target


def shuffled(items, buffer):
    """A shuffle buffer, as WebDataset's."""
    held = []
    for item in items:
        if len(held) < buffer:
            held.append(item)
            continue
        place = random.randrange(buffer)
        held[place], item = item, held[place]
        yield item
    random.shuffle(held)
    yield from held


def collate(rows):
    """Expanded: a row of photos for each example."""
    photos, sequences, targets = zip(*rows)
    return np.stack(photos), None, np.stack(sequences), np.array(targets, "int32")


def batched(rows, size):
    held = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield collate(held)
            held = []
    if held:
        yield collate(held)


def compact_batches(photos, max_length, size):
    """Batches of `size` examples in the photos' order, each photo once, of (photo, captions)."""
    held, count = [], 0
    for photo, captions in photos:
        sequences, targets = unroll(captions, max_length)
        held.append((photo, sequences, targets))
        count += len(targets)
        while count >= size:
            batch, held = cut(held, size)
            count -= size
            yield batch
    if count:
        yield cut(held, count)[0]


def cut(held, size):
    """A compact batch of the first `size` examples, and what is left."""
    taken = []
    while size:
        photo, sequences, targets = held[0]
        taken.append((photo, sequences[:size], targets[:size]))
        rest = [(photo, sequences[size:], targets[size:])] if size < len(targets) else []
        held = rest + held[1:]
        size -= len(taken[-1][2])
    photos, sequences, targets = zip(*taken)
    index = np.repeat(np.arange(len(taken), dtype="int32"), [len(t) for t in targets])
    return (np.stack(photos), index, np.concatenate(sequences), np.concatenate(targets)), held
