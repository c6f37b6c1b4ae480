"""MosaicML Streaming: MDS shards, local or through its cache."""

import tempfile

import streaming
import unrolling
from rows import example_arrays, photo_arrays
from torch.utils.data import IterableDataset
from workers import workers_loader


class Mosaic:
    """MosaicML Streaming: MDS shards in local files, or copied from a folder into a fresh cache.

    The layouts are WebDataset's; the shuffle is its own (py1e, the default).
    """

    def __init__(self, exported, layer, size, order, layout, workers, fresh=False):
        streaming.base.util.clean_stale_shared_memory()
        folder = exported.folder / f"mds-{layer}-{layout}"
        where = {"local": str(folder)}
        if fresh:
            self.cache = tempfile.TemporaryDirectory()
            where = {"local": self.cache.name, "remote": str(folder)}
        per_example = layout == "example"
        dataset = streaming.StreamingDataset(
            **where, shuffle=True, batch_size=size if per_example else 1, num_canonical_nodes=1
        )
        self.per_example = per_example
        if per_example:
            self.loader = workers_loader(dataset, size, workers)
        else:
            shape = exported.photos(layer, mmap_mode="r").shape[1:]
            unrolled = Unrolled(dataset, exported.text().max_length, shape, size, order)
            self.loader = workers_loader(unrolled, None, workers)

    def epoch(self, number):
        if not self.per_example:
            return iter(self.loader)
        return ((b["photo"], None, b["words"][:, :-1], b["words"][:, -1]) for b in self.loader)

    @staticmethod
    def write(exported, layer, layout):
        columns = {"photo": "ndarray:float32", "words": "ndarray:int32"}
        if layout == "photo":
            columns["starts"] = "ndarray:int32"
        else:
            columns["photo"] += ":" + ",".join(map(str, exported.photos(layer, "r").shape[1:]))
            columns["words"] += f":{exported.text().max_length + 1}"
        arrays = example_arrays if layout == "example" else photo_arrays
        out = str(exported.folder / f"mds-{layer}-{layout}")
        with streaming.MDSWriter(out=out, columns=columns) as shards:
            for row in arrays(exported, layer):
                shards.write(row)


class Unrolled(IterableDataset):
    """Photos of a StreamingDataset as batches of examples, made in the worker."""

    def __init__(self, photos, length, shape, size, order):
        self.photos, self.length, self.shape, self.size, self.order = (
            photos,
            length,
            shape,
            size,
            order,
        )

    def __iter__(self):
        photos = (
            (
                row["photo"].reshape(self.shape),
                unrolling.split_captions(row["words"], row["starts"]),
            )
            for row in self.photos
        )
        if self.order == "captions":
            return unrolling.compact_batches(photos, self.length, self.size)
        rows = unrolling.shuffled(unrolling.examples(photos, self.length), unrolling.BUFFER)
        return unrolling.batched(rows, self.size)
