"""WebDataset: tar shards, one process or several."""

import numpy as np
import unrolling
import webdataset
from rows import example_arrays, photo_arrays
from workers import workers_loader


class WebDataset:
    """Tar shards read from local files, their best case.

    Layout `example`: a sample an example, shuffled in a buffer of 10,000. Layout `photo`: a sample
    a photo with its captions, unrolled in the workers, then the same buffer; or, for order
    `captions`, photos shuffled and cut into compact batches.
    """

    def __init__(self, exported, layer, size, order, layout, workers):
        shards = sorted(map(str, (exported.folder / f"wds-{layer}-{layout}").glob("*.tar")))
        self.length = exported.text().max_length
        self.shape = exported.photos(layer, mmap_mode="r").shape[1:]
        dataset = webdataset.WebDataset(shards, shardshuffle=len(shards), empty_check=False)
        if layout == "example":
            dataset = dataset.map(self.read_example).shuffle(unrolling.BUFFER)
        elif order == "examples":
            dataset = (
                dataset.map(self.read_photo)
                .shuffle(256)
                .compose(self.unroll)
                .shuffle(unrolling.BUFFER)
            )
        else:
            dataset = (
                dataset.map(self.read_photo)
                .shuffle(256)
                .compose(lambda photos: self.cut(photos, size))
            )
        if order == "examples":
            dataset = dataset.batched(size, collation_fn=unrolling.collate)
        self.loader = workers_loader(dataset, None, workers)

    def read_photo(self, sample):
        words = np.frombuffer(sample["words"], "int32")
        starts = np.frombuffer(sample["starts"], "int32")
        photo = np.frombuffer(sample["photo"], "float32").reshape(self.shape)
        return photo, unrolling.split_captions(words, starts)

    def read_example(self, sample):
        photo = np.frombuffer(sample["photo"], "float32").reshape(self.shape)
        words = np.frombuffer(sample["words"], "int32")
        return photo, words[:-1], words[-1]

    def unroll(self, photos):
        return unrolling.examples(photos, self.length)

    def cut(self, photos, size):
        return unrolling.compact_batches(photos, self.length, size)

    def epoch(self, number):
        return iter(self.loader)

    @staticmethod
    def write(exported, layer, layout):
        folder = exported.folder / f"wds-{layer}-{layout}"
        folder.mkdir()
        arrays = example_arrays if layout == "example" else photo_arrays
        pattern = str(folder / "%05d.tar")
        with webdataset.ShardWriter(
            pattern, maxsize=64 << 20, maxcount=1 << 30, verbose=0
        ) as shards:
            for number, row in enumerate(arrays(exported, layer)):
                content = {name: array.tobytes() for name, array in row.items()}
                shards.write({"__key__": f"{number:08d}", **content})
