package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.preparation.RecipePreview.MinCountEffect;
import org.captionary.domain.preparation.RecipePreview.Sample;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.ExampleNumbering;
import org.captionary.domain.training.ExampleTotals;
import org.captionary.domain.training.FigureSums;
import org.captionary.domain.vocabulary.EncodedCaption;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.WordCount;

/** The second reading of a preview: encodes, and sums up what comes out. */
final class TextTrial {

  private static final int SAMPLES = 10;
  private static final int WORDS = 20;

  private final Recipe recipe;
  private final PhotoCleaner cleaner;
  private final Vocabulary everyWord;
  private final Vocabulary kept;
  private final int maxLength;
  private final long emptyCaptions;
  private final long photos;

  private final ExampleNumbering numbering = new ExampleNumbering(ExampleTotals.NONE);
  private final FigureSums figures = new FigureSums();
  private final List<Sample> samples = new ArrayList<>();
  private long read;
  private long captionsEmptied;
  private long examplesLost;

  TextTrial(
      Recipe recipe,
      PhotoCleaner cleaner,
      Vocabulary everyWord,
      Vocabulary kept,
      int maxLength,
      long emptyCaptions,
      long photos) {
    this.recipe = recipe;
    this.cleaner = cleaner;
    this.everyWord = everyWord;
    this.kept = kept;
    this.maxLength = maxLength;
    this.emptyCaptions = emptyCaptions;
    this.photos = photos;
  }

  void add(Described<Caption> photo) {
    Described<CleanCaption> clean = cleaner.clean(photo);
    Described<EncodedCaption> encoded = Encoder.encode(clean, kept, recipe);
    figures.add(numbering.number(encoded));
    if (kept != everyWord) {
      compare(encoded.captions(), Encoder.encode(clean, everyWord, recipe).captions());
    }
    if (isSample()) {
      samples.add(sample(photo, clean.captions().get(0), encoded.captions().get(0)));
    }
    read++;
  }

  private void compare(List<EncodedCaption> left, List<EncodedCaption> whole) {
    int frame = recipe.framed(List.of()).size();
    for (int i = 0; i < left.size(); i++) {
      EncodedCaption before = whole.get(i);
      EncodedCaption after = left.get(i);
      captionsEmptied += before.length() > frame && after.length() == frame ? 1 : 0;
      examplesLost += EncodedPhoto.examples(before) - EncodedPhoto.examples(after);
    }
  }

  /** Whether this is the first photo of the next of equal parts. */
  private boolean isSample() {
    return samples.size() < SAMPLES && read >= samples.size() * photos / SAMPLES;
  }

  private static Sample sample(
      Described<Caption> photo, CleanCaption clean, EncodedCaption encoded) {
    Caption raw =
        photo.captions().stream()
            .filter(caption -> caption.ordinal() == clean.ordinal())
            .findFirst()
            .orElseThrow();
    return new Sample(photo.photo(), raw.text(), clean.tokens(), encoded);
  }

  RecipePreview preview(Dataset dataset, Snapshot snapshot) {
    return new RecipePreview(
        dataset.name(),
        snapshot.content().orElseThrow(),
        recipe,
        kept.vocabularySize(),
        maxLength,
        emptyCaptions,
        PublishPhase.ofEverySplit(figures.figures(), dataset),
        new MinCountEffect(
            everyWord.words().size() - kept.words().size(), captionsEmptied, examplesLost),
        samples,
        mostFrequent(),
        leastFrequent());
  }

  private List<WordCount> mostFrequent() {
    return kept.words().stream().limit(WORDS).toList();
  }

  private List<WordCount> leastFrequent() {
    int words = kept.words().size();
    List<WordCount> last = new ArrayList<>(kept.words().subList(Math.max(0, words - WORDS), words));
    Collections.reverse(last);
    return last;
  }
}
