package org.captionary.domain.preparation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
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
    long total = examples.countContents(key);
    if (recipe.features().isEmpty()) {
      tracker.skip(StepName.FEATURES, 0);
      return;
    }
    StepTracker.Step step =
        tracker.begin(StepName.FEATURES, countKept(key, recipe.features()), total);
    Optional<ContentHash> after = Optional.empty();
    List<ContentHash> page = examples.contentsAfter(key, after, PAGE);
    while (!page.isEmpty()) {
      extract(missing(page, recipe.features()), recipe.features(), step);
      after = Optional.of(page.get(page.size() - 1));
      page = examples.contentsAfter(key, after, PAGE);
    }
    step.end();
  }

  private long countKept(PreparationKey key, Set<FeatureLayer> layers) {
    long kept = 0;
    List<ContentHash> page = examples.contentsAfter(key, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      kept += photos.withFeatures(extractor.identity(), layers, page).size();
      page = examples.contentsAfter(key, Optional.of(page.get(page.size() - 1)), PAGE);
    }
    return kept;
  }

  private List<ContentHash> missing(List<ContentHash> contents, Set<FeatureLayer> layers) {
    Set<ContentHash> kept = photos.withFeatures(extractor.identity(), layers, contents);
    return contents.stream().filter(content -> !kept.contains(content)).toList();
  }

  private void extract(
      List<ContentHash> contents, Set<FeatureLayer> layers, StepTracker.Step step) {
    for (int from = 0; from < contents.size(); from += CHUNK) {
      List<ContentHash> chunk = contents.subList(from, Math.min(from + CHUNK, contents.size()));
      Map<ContentHash, PhotoFeatures> features = extractChunk(chunk, layers);
      step.commit(chunk.size(), () -> photos.addFeatures(extractor.identity(), features));
    }
  }

  private Map<ContentHash, PhotoFeatures> extractChunk(
      List<ContentHash> chunk, Set<FeatureLayer> layers) {
    Map<ContentHash, Pixels> pixels = photos.pixels(chunk);
    List<PhotoFeatures> extracted =
        extractor.extract(chunk.stream().map(pixels::get).toList(), layers);
    Map<ContentHash, PhotoFeatures> features = new HashMap<>();
    for (int i = 0; i < chunk.size(); i++) {
      features.put(chunk.get(i), extracted.get(i));
    }
    return features;
  }
}
