"""The tutorial's merge model in PyTorch, fed by Captionary."""

import time

import torch
from torch import nn

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


class See(nn.Module):
    """One vector for each photo, whatever came in; channels last, as the service sends them."""

    def __init__(self, shape):
        super().__init__()
        if shape[-1] == 3:
            sizes = ((3, 16, 5, 4), (16, 32, 3, 2), (32, 64, 3, 2))
            convs = [nn.Conv2d(i, o, kernel, stride, kernel // 2) for i, o, kernel, stride in sizes]
            self.layers = nn.Sequential(*[each for conv in convs for each in (conv, nn.ReLU())])
            self.width = 2 * 64
        elif len(shape) == 3:
            # Weights shared by all 49 places: flattened, 25,088 inputs overfit small data sets.
            self.layers = nn.Sequential(nn.Conv2d(shape[-1], 128, 1), nn.ReLU())
            self.width = 2 * 128
        else:
            self.layers = None
            self.width = shape[0]

    def forward(self, photos):
        if self.layers is None:
            return photos
        places = self.layers(photos.permute(0, 3, 1, 2)).flatten(2)
        return torch.cat([places.mean(2), places.amax(2)], 1)


class Model(nn.Module):
    def __init__(self, preparation, mean, variance, matrix):
        super().__init__()
        size, width = preparation.vocabulary_size, 256 if matrix is None else matrix.shape[1]
        self.register_buffer("mean", torch.as_tensor(mean))
        self.register_buffer("deviation", torch.as_tensor(variance).sqrt())
        self.see = See(preparation.photo_shape)
        self.photo = nn.Sequential(nn.Dropout(0.5), nn.Linear(self.see.width, 256), nn.ReLU())
        self.embedding = nn.Embedding(size, width, padding_idx=0)
        if matrix is not None:
            frozen = preparation.options.freeze_embeddings
            self.embedding.weight = nn.Parameter(torch.from_numpy(matrix), not frozen)
        self.dropout = nn.Dropout(0.5)
        self.lstm = nn.LSTM(width, 256, batch_first=True)
        self.word = nn.Sequential(nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, size))

    def forward(self, photos, photo_index, sequences):
        """Logits of the next word. Each photo is seen once, however many examples it has."""
        seen = self.see((photos - self.mean) / self.deviation)[photo_index]
        return self.word(self.photo(seen) + self.read(sequences))

    def read(self, sequences):
        """The LSTM's last state; packed sequences skip padding, as Keras's mask_zero does."""
        length, places = (sequences != 0).sum(1), torch.arange(sequences.shape[1])
        left = sequences.gather(1, (places - length[:, None]) % sequences.shape[1])
        packed = nn.utils.rnn.pack_padded_sequence(
            self.dropout(self.embedding(left)), length, batch_first=True, enforce_sorted=False
        )
        return self.lstm(packed)[1][0][0]


class Training:
    """All that a checkpoint holds: with it, a resumed run does what an unbroken one does."""

    def __init__(self, preparation):
        self.preparation = preparation
        self.options = preparation.options
        self.batches = preparation.training_batches()
        # A generator of its own: the loader draws a number each time it is started.
        self.loader = preparation.captionary.torch_loader(
            self.batches, generator=torch.Generator()
        )
        self.examples, self.loss = 0, 0.0
        saved = None
        if self.options.checkpoint.exists():
            saved = torch.load(self.options.checkpoint, weights_only=True)
        torch.manual_seed(self.options.seed)
        if saved:
            mean = variance = torch.zeros(preparation.photo_shape[-1])
        else:
            mean, variance = preparation.standardisation()
        self.model = Model(preparation, mean, variance, preparation.embeddings())
        self.optimiser = torch.optim.Adam(p for p in self.model.parameters() if p.requires_grad)
        if saved:
            self.restore(saved)

    def restore(self, saved):
        self.model.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.batches.load_state_dict(saved["batches"])
        self.examples, self.loss = saved["examples"], saved["loss"]
        torch.set_rng_state(saved["random"])
        report_start(saved["batches"])

    def save(self):
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "batches": self.batches.state_dict(),
            "random": torch.get_rng_state(),
            "examples": self.examples,
            "loss": self.loss,
        }
        replace(self.options.checkpoint, lambda part: torch.save(state, part))

    def train_epoch(self):
        """Trains the rest of the current epoch."""
        epoch, before, start = self.batches.epoch, self.examples, time.monotonic()
        self.model.train()
        for batch in self.loader:
            self.step(batch)
            number = self.batches.next
            if number % self.options.every == 0 and number < self.batches.count:
                self.save()
        rate = (self.examples - before) / (time.monotonic() - start)
        report_epoch(epoch, self.options.epochs, self.loss / self.examples, rate)
        self.examples, self.loss = 0, 0.0
        self.save()

    def step(self, batch):
        self.optimiser.zero_grad()
        loss = loss_of(self.model, batch)
        loss.backward()
        self.optimiser.step()
        self.examples += len(batch["targets"])
        self.loss += loss.item() * len(batch["targets"])


def loss_of(model, batch):
    logits = model(batch["photos"], batch["photo_index"], batch["sequences"])
    return nn.functional.cross_entropy(logits, batch["targets"])


@torch.no_grad()
def score(model, preparation, split):
    """The mean loss over a split."""
    batches = preparation.batches(split=split, size=preparation.options.size)
    loss = examples = 0
    for batch in preparation.captionary.torch_loader(batches):
        loss += loss_of(model, batch).item() * len(batch["targets"])
        examples += len(batch["targets"])
    report_score(split, loss / examples)


def main():
    options = parse_options("captions.pt")
    preparation = Preparation(load_client(options), options)
    training = Training(preparation)
    while training.batches.epoch < options.epochs:
        training.train_epoch()
    model = training.model.eval()
    score(model, preparation, preparation.unseen_split())

    @torch.no_grad()
    def predict(photos, sequences):
        index = torch.arange(len(photos))
        return model(torch.tensor(photos), index, torch.tensor(sequences).long()).numpy()

    write_captions(preparation, predict)


if __name__ == "__main__":
    main()
