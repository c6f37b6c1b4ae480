"""What the peers' files hold: a row a photo with its captions, or a row an example."""

import numpy as np
import unrolling


def photo_arrays(exported, layer):
    text = exported.text()
    for row, photo in enumerate(exported.photos(layer, "r")):
        captions = text.of_photo(row)
        starts = np.cumsum([0] + [len(words) for words in captions], dtype="int32")
        yield {"photo": np.array(photo), "words": np.concatenate(captions), "starts": starts}


def example_arrays(exported, layer):
    length = exported.text().max_length
    for row in photo_arrays(exported, layer):
        captions = unrolling.split_captions(row["words"], row["starts"])
        for sequence, target in zip(*unrolling.unroll(captions, length)):
            yield {"photo": row["photo"], "words": np.append(sequence, target)}
