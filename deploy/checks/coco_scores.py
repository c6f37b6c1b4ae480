"""Scores of the service beside those of pycocoevalcap, for checks."""

import contextlib
import io

import scipy.stats
from expect import equal
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.rouge.rouge import Rouge
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

NEAR = 1e-6
NEAR_TAU = 1e-3


def coco(references, candidates):
    """By metric the corpus's score and those of photos, of tokens with a space between."""
    gts = {photo: references[photo] for photo in candidates}
    res = {photo: [candidate] for photo, candidate in candidates.items()}
    with contextlib.redirect_stdout(io.StringIO()):
        bleu, bleus = Bleu(4).compute_score(gts, res, verbose=0)
        rouge, rouges = Rouge().compute_score(gts, res)
        cider, ciders = Cider().compute_score(gts, res)
    names = ["bleu1", "bleu2", "bleu3", "bleu4", "rougeL", "ciderD"]
    corpora = [*bleu, rouge, cider]
    photos = [*bleus, rouges, ciders]
    return {
        name: (float(corpus), dict(zip(gts, map(float, of_photos))))
        for name, corpus, of_photos in zip(names, corpora, photos)
    }


def ptb(texts):
    """Lists of captions by photo, cut by Stanford's tokenizer."""
    rows = {photo: [{"caption": text} for text in those] for photo, those in texts.items()}
    return PTBTokenizer().tokenize(rows)


def words(text):
    return " ".join(text.split())


def near(what, ours, theirs):
    if not abs(ours - theirs) <= NEAR:
        raise SystemExit(f"{what}: {ours} instead of {theirs}")
    return abs(ours - theirs)


def compare(what, answer, references, candidates):
    """All scores of an answer; prints how far they are off at most."""
    expected = coco(references, candidates)
    equal(f"{what}: photos", sorted(answer["perPhoto"]), sorted(candidates))
    far = 0
    for name, (corpus, photos) in expected.items():
        far = max(far, near(f"{what}: {name}", answer["corpus"][name], corpus))
        for photo, score in photos.items():
            ours = answer["perPhoto"][photo][name]
            far = max(far, near(f"{what}: {name} of {photo}", ours, score))
    shown = " ".join(f"{name} {answer['corpus'][name]:.4f}" for name in answer["corpus"])
    print(f"{what}: {len(candidates)} photos, off by {far:.1e} at most: {shown}")


def compare_people(what, answer, captions):
    """The rounds of the human line, and their mean; each photo has equally many captions."""
    rounds = []
    for number, found in enumerate(answer["rounds"]):
        others = {p: those[:number] + those[number + 1 :] for p, those in captions.items()}
        expected = coco(others, {photo: those[number] for photo, those in captions.items()})
        for name, (corpus, _) in expected.items():
            near(f"{what}: {name} of round {number}", found["corpus"][name], corpus)
        rounds.append(expected)
    for name, mean in answer["corpus"].items():
        if name in rounds[0]:
            near(f"{what}: {name}", mean, sum(r[name][0] for r in rounds) / len(rounds))
            for photo, ours in answer["perPhoto"].items():
                of_photo = sum(r[name][1][photo] for r in rounds) / len(rounds)
                near(f"{what}: {name} of {photo}", ours[name], of_photo)
    shown = " ".join(f"{name} {score:.4f}" for name, score in answer["corpus"].items())
    print(f"{what}: {len(captions)} photos, {len(rounds)} rounds: {shown}")


def compare_agreement(what, answer, references, candidates, judged, literature):
    """Kendall's taus of (photo, caption id, ratings) with the scores of the judged captions; prints
    those of the service beside the literature's."""
    pairs = {f"{photo} {caption}": (photo, caption) for photo, caption, _ in judged}
    expected = coco(
        {pair: references[photo] for pair, (photo, _) in pairs.items()},
        {pair: candidates[caption] for pair, (_, caption) in pairs.items()},
    )
    equal(f"{what}: captions", answer["captions"], len(pairs))
    ratings = [rating for _, _, those in judged for rating in those]
    equal(f"{what}: ratings", answer["ratings"], len(ratings))
    far = 0
    for name, (_, scores) in expected.items():
        # Sums in another order differ in the last bits, which must not order what is equal.
        of = [float(f"{scores[f'{p} {c}']:.13g}") for p, c, those in judged for _ in those]
        for field, variant in (("tauB", "b"), ("tauC", "c")):
            tau = float(scipy.stats.kendalltau(of, ratings, variant=variant).statistic)
            far = max(far, abs(answer["metrics"][name][field] - tau))
            if far > NEAR_TAU:
                raise SystemExit(f"{what}: {field} of {name}: {answer['metrics'][name]}, not {tau}")
    shown = " ".join(
        f"{name} {100 * answer['metrics'][name][tau]:.1f} ({said})"
        for name, (tau, said) in literature.items()
    )
    print(f"{what}: {len(pairs)} captions, {len(ratings)} ratings, off by {far:.1e}: {shown}")


def read_captions(path):
    """The raw captions by photo id, of a file in Flickr8k's form."""
    captions = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        key, _, text = row.partition("\t")
        captions.setdefault(key.partition("#")[0].partition(".")[0], []).append(text)
    return captions


def read_split(path):
    return [row.strip().partition(".")[0] for row in path.read_text().splitlines() if row.strip()]
