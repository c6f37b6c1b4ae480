package org.captionary.domain.preparation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnstorableValueException;
import org.captionary.domain.training.ExampleRepository;

/** Extracts the features that are not kept yet, a few photos at a time. */
final class FeaturesStep {

  private static final int PAGE = 1_024;
  private static final int CHUNK = 8;

  private final ExampleRepository examples;
  private final PhotoRepository photos;
  private final FeatureExtractor extractor;

  FeaturesStep(ExampleRepository examples, PhotoRepository photos, FeatureExtractor extractor) {
    this.examples = examples;
    this.photos = photos;
    this.extractor = extractor;
  }

  void run(PreparationKey key, Recipe recipe, StepTracker tracker) {
    if (recipe.features().isEmpty()) {
      tracker.skip(StepName.FEATURES, 0);
      return;
    }
    // What the text refers to by now stays when it is found.
    photos.hold();
    long[] kept = new long[1];
    forEachPage(key, page -> kept[0] += kept(page, recipe).size());
    StepTracker.Step step = tracker.begin(StepName.FEATURES, kept[0], examples.countContents(key));
    forEachPage(key, page -> extract(missing(page, recipe), recipe, step));
    step.end();
  }

  private void forEachPage(PreparationKey key, Consumer<List<ContentHash>> consumer) {
    List<ContentHash> page = examples.contentsAfter(key, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      consumer.accept(page);
      page = examples.contentsAfter(key, Optional.of(page.get(page.size() - 1)), PAGE);
    }
  }

  private Set<ContentHash> kept(List<ContentHash> contents, Recipe recipe) {
    return photos.withFeatures(
        extractor.identity(), recipe.rendering(), recipe.stored(), recipe.features(), contents);
  }

  private List<ContentHash> missing(List<ContentHash> contents, Recipe recipe) {
    Set<ContentHash> kept = kept(contents, recipe);
    return contents.stream().filter(content -> !kept.contains(content)).toList();
  }

  private void extract(List<ContentHash> contents, Recipe recipe, StepTracker.Step step) {
    for (int from = 0; from < contents.size(); from += CHUNK) {
      List<ContentHash> chunk = contents.subList(from, Math.min(from + CHUNK, contents.size()));
      Map<ContentHash, PhotoFeatures> features = extractChunk(chunk, recipe);
      step.commit(chunk.size(), () -> add(features, recipe));
    }
  }

  private void add(Map<ContentHash, PhotoFeatures> features, Recipe recipe) {
    photos.addFeatures(extractor.identity(), recipe.rendering(), recipe.stored(), features);
  }

  private Map<ContentHash, PhotoFeatures> extractChunk(List<ContentHash> chunk, Recipe recipe) {
    Map<ContentHash, Pixels> pixels = photos.pixels(recipe.rendering(), chunk);
    List<PhotoFeatures> extracted =
        extractor.extract(chunk.stream().map(pixels::get).toList(), recipe.features());
    Map<ContentHash, PhotoFeatures> features = new HashMap<>();
    for (int i = 0; i < chunk.size(); i++) {
      checkStorable(chunk.get(i), extracted.get(i), recipe.stored());
      features.put(chunk.get(i), extracted.get(i));
    }
    return features;
  }

  /** The photo would have other features in no second attempt, so the recipe has to change. */
  private static void checkStorable(
      ContentHash content, PhotoFeatures features, StoredType stored) {
    try {
      features.requireStorable(stored);
    } catch (UnstorableValueException e) {
      throw new InvalidInputException(
          "recipe.stored",
          stored.id(),
          "float32, as of the photo with content " + content + " " + e.getMessage());
    }
  }
}
