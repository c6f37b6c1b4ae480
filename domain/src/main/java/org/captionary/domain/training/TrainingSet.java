package org.captionary.domain.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;

/**
 * What of a preparation decides its batches.
 *
 * @param figures of {@link Split#ALL} and of every split
 * @param extractor that made the features; empty if none are stored
 * @param rendering of the photos' pixels, also of those that features were made from
 * @param stored the type that features are kept in; they are served as float32
 * @param layers the stored ones
 */
public record TrainingSet(
    PreparationKey key,
    int vocabularySize,
    int maxLength,
    Map<Split, SplitFigures> figures,
    Optional<ExtractorIdentity> extractor,
    Rendering rendering,
    StoredType stored,
    List<FeatureLayer> layers) {

  /**
   * The figures of a split.
   *
   * @throws InvalidInputException on field {@code split} if the data set has none of that name
   */
  public SplitFigures figures(Split split) {
    SplitFigures found = figures.get(split);
    if (found == null) {
      throw new InvalidInputException("split", split.name(), splitNames());
    }
    return found;
  }

  /**
   * The layer that a request means.
   *
   * <p>A preparation without features has no layer: it serves pixels, or no photos.
   *
   * @throws InvalidInputException on field {@code layer} or {@code photo}
   */
  public FeatureLayer layer(Optional<String> asked) {
    if (layers.isEmpty()) {
      throw new InvalidInputException("photo", "features", List.of("pixels", "none"));
    }
    if (asked.isEmpty() && layers.size() > 1) {
      throw new InvalidInputException("layer", null, layerNames());
    }
    String name = asked.orElse(layers.get(0).id());
    return layers.stream()
        .filter(layer -> layer.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidInputException("layer", name, layerNames()));
  }

  private List<String> layerNames() {
    return layers.stream().map(FeatureLayer::id).toList();
  }

  private List<String> splitNames() {
    return figures.keySet().stream().map(Split::name).sorted().toList();
  }
}
