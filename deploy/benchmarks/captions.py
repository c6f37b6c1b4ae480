"""A text in Flickr8k's layout, of any size: words drawn by Zipf's law, five captions a photo.

The same size gives the same bytes. Nothing of it is read from elsewhere, and it means nothing.
"""

import bisect
import itertools
import pathlib
import random

WORDS = 20_000
CAPTIONS = 5
LENGTHS = range(5, 19)
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
BELOW = pathlib.Path(__file__).resolve().parents[1] / "target/benchmark"


def words(draw):
    """Distinct words, short ones first, as frequent words are."""
    syllables = [c + v for c in CONSONANTS for v in VOWELS]
    found = [a + b for a in syllables for b in syllables]
    found += [a + b + draw.choice(syllables) for a, b in itertools.product(found, syllables)]
    return list(dict.fromkeys(found))[:WORDS]


def text(captions):
    """The folder that holds a text of so many captions, written once."""
    folder = BELOW / f"text-{captions}"
    if not (folder / "Flickr_8k.trainImages.txt").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, captions // CAPTIONS)
    return folder


def write(folder, photos):
    draw = random.Random(8)
    known = words(draw)
    frequencies = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(known))))
    names = [f"{photo:09}_{draw.getrandbits(40):010x}.jpg" for photo in range(photos)]
    with open(folder / "Flickr8k.token.txt", "w") as file:
        for name in names:
            for number in range(CAPTIONS):
                said = caption(draw, known, frequencies)
                file.write(f"{name}#{number}\t{said.capitalize()} .\n")
    train = names[: photos * 3 // 4]
    (folder / "Flickr_8k.trainImages.txt").write_text("".join(name + "\n" for name in train))


def caption(draw, known, frequencies):
    chances = (draw.random() * frequencies[-1] for _ in range(draw.choice(LENGTHS)))
    return " ".join(known[bisect.bisect(frequencies, chance)] for chance in chances)
