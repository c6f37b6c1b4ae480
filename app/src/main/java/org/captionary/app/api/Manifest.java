package org.captionary.app.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.Provenance;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.training.SplitFigures;

/**
 * A preparation on the wire: its figures, and where they come from.
 *
 * @param photos described photos with a usable file
 * @param captions that the recipe chose, emptied ones included
 * @param examples in the text; {@code servableExamples} of them have a photo
 * @param notes what a reader of the figures should know
 */
public record Manifest(
    String id,
    String dataset,
    Map<String, Object> recipe,
    long describedPhotos,
    long photos,
    long captions,
    long emptyCaptions,
    int vocabularySize,
    int maxLength,
    long examples,
    long servableExamples,
    Map<String, SplitView> splits,
    List<FeatureView> features,
    List<String> notes,
    ProvenanceView provenance) {

  private static final String UNTRAINED = "untrained";

  /** The figures of a split. */
  public record SplitView(
      long describedPhotos, long photos, long captions, long examples, long servableExamples) {

    static SplitView of(SplitFigures figures) {
      return new SplitView(
          figures.describedPhotos(),
          figures.photos(),
          figures.captions(),
          figures.examples(),
          figures.servableExamples());
    }
  }

  /**
   * A stored layer.
   *
   * @param stored the type that its values are rounded to; they are served as float32
   */
  public record FeatureView(
      String layer,
      List<Integer> shape,
      String extractor,
      String weights,
      String weightsSha256,
      String precision,
      String stored) {

    static FeatureView of(FeatureLayer layer, ExtractorIdentity extractor, StoredType stored) {
      return new FeatureView(
          layer.id(),
          layer.shape(),
          extractor.extractor(),
          extractor.weights(),
          extractor.weightsSha256().hex(),
          extractor.precision(),
          stored.id());
    }
  }

  /**
   * Where it comes from.
   *
   * @param datasetSha256 of captions, splits, annotations and photos together
   */
  public record ProvenanceView(
      long job,
      String datasetSha256,
      String captionsSha256,
      Map<String, String> splitsSha256,
      Map<String, String> annotationsSha256,
      String version,
      String java,
      String machine,
      Instant startedAt,
      Instant finishedAt) {

    static ProvenanceView of(Provenance provenance) {
      Map<String, String> splits = new TreeMap<>();
      provenance.text().splits().forEach((split, file) -> splits.put(split, file.hex()));
      Map<String, String> annotations = new TreeMap<>();
      provenance.text().annotations().forEach((of, file) -> annotations.put(of.id(), file.hex()));
      return new ProvenanceView(
          provenance.job().value(),
          provenance.content().hex(),
          provenance.text().captions().hex(),
          splits,
          annotations,
          provenance.environment().version(),
          provenance.environment().java(),
          provenance.environment().machine(),
          provenance.startedAt(),
          provenance.finishedAt());
    }
  }

  static Manifest of(Preparation preparation) {
    SplitFigures all = preparation.all();
    return new Manifest(
        preparation.id().value(),
        preparation.dataset(),
        RecipeFields.write(preparation.recipe()),
        all.describedPhotos(),
        all.photos(),
        all.captions(),
        preparation.emptyCaptions(),
        preparation.vocabularySize(),
        preparation.maxLength(),
        all.examples(),
        all.servableExamples(),
        splits(preparation.figures()),
        features(preparation),
        notes(preparation),
        ProvenanceView.of(preparation.provenance()));
  }

  /** The figures of each split, without those of all photos. */
  static Map<String, SplitView> splits(Map<Split, SplitFigures> figures) {
    Map<String, SplitView> splits = new TreeMap<>();
    figures.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Split.ALL))
        .forEach(entry -> splits.put(entry.getKey().name(), SplitView.of(entry.getValue())));
    return splits;
  }

  private static List<FeatureView> features(Preparation preparation) {
    Recipe recipe = preparation.recipe();
    return recipe.layers().stream()
        .map(layer -> FeatureView.of(layer, preparation.extractor().orElseThrow(), recipe.stored()))
        .toList();
  }

  private static List<String> notes(Preparation preparation) {
    List<String> notes = new ArrayList<>();
    SplitFigures all = preparation.all();
    if (all.describedPhotos() != all.photos()) {
      notes.add(
          ("%d of %d described photos have no usable file: they count in the text (examples),"
                  + " but their examples cannot be served (servableExamples)")
              .formatted(all.describedPhotos() - all.photos(), all.describedPhotos()));
    }
    if (preparation.extractor().filter(e -> e.weights().equals(UNTRAINED)).isPresent()) {
      notes.add("the features were made with untrained weights: right in form, without meaning");
    }
    return notes;
  }
}
