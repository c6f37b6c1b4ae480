package org.captionary.domain.preparation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.photo.UnstorableValueException;
import org.captionary.domain.training.ExampleRepository.ContentRange;

/** Extracts the features that are not kept yet. */
final class ExtractPhase implements PhaseWork {

  private static final int PAGE = 1_024;

  /**
   * Photos in a chunk: about a second of VGG16 on two cores, two where a node does two at once. So
   * little, since what a dead node had in hand waits for two of them on another.
   */
  private static final int CHUNK = 8;

  private static final Duration OTHER_NODE = Duration.ofSeconds(5);

  private final Ports ports;

  ExtractPhase(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Plan plan(Job job) {
    if (job.recipe().features().isEmpty()) {
      return Plan.of(0, List.of());
    }
    // What the text refers to by now stays when it is found.
    ports.photos().hold();
    PreparationKey key = ports.preparation(job);
    Cut cut = new Cut();
    forEachPage(key, page -> cut.add(page, missing(job, page)));
    return new Plan(cut.kept, cut.kept + cut.missing, cut.chunks);
  }

  private void forEachPage(PreparationKey key, Consumer<List<ContentHash>> consumer) {
    List<ContentHash> page = ports.examples().contentsAfter(key, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      consumer.accept(page);
      page = ports.examples().contentsAfter(key, Optional.of(page.get(page.size() - 1)), PAGE);
    }
  }

  private List<ContentHash> missing(Job job, List<ContentHash> contents) {
    Recipe recipe = job.recipe();
    Set<ContentHash> kept =
        ports
            .photos()
            .withFeatures(
                extractor(job), recipe.rendering(), recipe.stored(), recipe.features(), contents);
    return contents.stream().filter(content -> !kept.contains(content)).toList();
  }

  private static ExtractorIdentity extractor(Job job) {
    return job.extractor().orElseThrow();
  }

  /**
   * Ranges that hold at most {@link #CHUNK} missing contents each, and lie within a page, so that
   * few missing among many do not make a range of all.
   */
  private static final class Cut {

    private final List<List<String>> chunks = new ArrayList<>();
    private final List<ContentHash> open = new ArrayList<>();
    private long kept;
    private long missing;

    void add(List<ContentHash> page, List<ContentHash> missingOfPage) {
      kept += page.size() - missingOfPage.size();
      missing += missingOfPage.size();
      for (ContentHash content : missingOfPage) {
        open.add(content);
        if (open.size() == CHUNK) {
          close();
        }
      }
      close();
    }

    private void close() {
      if (open.isEmpty()) {
        return;
      }
      ContentHash last = open.get(open.size() - 1);
      chunks.add(List.of(open.get(0).hex(), last.hex(), String.valueOf(open.size())));
      open.clear();
    }
  }

  /**
   * @throws InvalidInputException on {@code recipe.stored} if a value cannot be kept in that type
   */
  @Override
  public void run(Job job, Chunk chunk, ChunkCommit commit) {
    FeatureExtractor extractor = here(job);
    List<String> arguments = chunk.arguments();
    ContentRange range =
        new ContentRange(new ContentHash(arguments.get(0)), new ContentHash(arguments.get(1)));
    PreparationKey key = ports.preparation(job);
    // Another job may have extracted some of them since this one was planned.
    List<ContentHash> missing = missing(job, ports.examples().contents(key, range));
    Map<ContentHash, PhotoFeatures> features = extract(extractor, job.recipe(), missing);
    commit.done(Long.parseLong(arguments.get(2)), () -> add(job, features));
  }

  private void add(Job job, Map<ContentHash, PhotoFeatures> features) {
    Recipe recipe = job.recipe();
    ports.photos().addFeatures(extractor(job), recipe.rendering(), recipe.stored(), features);
  }

  private Map<ContentHash, PhotoFeatures> extract(
      FeatureExtractor extractor, Recipe recipe, List<ContentHash> contents) {
    Map<ContentHash, Pixels> pixels = ports.photos().pixels(recipe.rendering(), contents);
    List<PhotoFeatures> extracted =
        extractor.extract(contents.stream().map(pixels::get).toList(), recipe.features());
    Map<ContentHash, PhotoFeatures> features = new HashMap<>();
    for (int i = 0; i < contents.size(); i++) {
      checkStorable(contents.get(i), extracted.get(i), recipe.stored());
      features.put(contents.get(i), extracted.get(i));
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

  private FeatureExtractor here(Job job) {
    return ports
        .extractorNow(job.recipe())
        .filter(extractor -> extractor.identity().equals(extractor(job)))
        .orElseThrow(() -> new NotYetException("this node has not " + extractor(job), OTHER_NODE));
  }
}
