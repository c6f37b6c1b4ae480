package org.captionary.domain.training;

import java.util.HashMap;
import java.util.Map;
import org.captionary.domain.photo.Split;

/** Sums up what numbered photos hold, over all and within each split that they are in. */
public final class FigureSums {

  private final Map<Split, Sum> sums = new HashMap<>(Map.of(Split.ALL, new Sum()));

  public void add(EncodedPhoto photo) {
    sums.get(Split.ALL).add(photo);
    photo.split().ifPresent(split -> sums.computeIfAbsent(split, s -> new Sum()).add(photo));
  }

  /** As {@link ExampleRepository#figures} of a preparation that holds these photos. */
  public Map<Split, SplitFigures> figures() {
    Map<Split, SplitFigures> figures = new HashMap<>();
    sums.forEach((split, sum) -> figures.put(split, sum.figures()));
    return figures;
  }

  private static final class Sum {
    private final Map<Integer, Long> servableByExamples = new HashMap<>();
    private long described;
    private long captions;
    private long examples;
    private long servable;
    private long servableExamples;
    private long servablePhotos;

    void add(EncodedPhoto photo) {
      described++;
      captions += photo.captions().size();
      examples += photo.examples();
      if (photo.content().isPresent()) {
        addServable(photo);
      }
    }

    private void addServable(EncodedPhoto photo) {
      servable++;
      servableExamples += photo.examples();
      servablePhotos += photo.count(Unit.PHOTO_WITH_EXAMPLES);
      photo
          .captions()
          .forEach(c -> servableByExamples.merge(EncodedPhoto.examples(c), 1L, Long::sum));
    }

    SplitFigures figures() {
      return new SplitFigures(
          described,
          servable,
          captions,
          examples,
          servableExamples,
          servablePhotos,
          servableByExamples);
    }
  }
}
