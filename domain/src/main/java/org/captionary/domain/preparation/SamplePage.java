package org.captionary.domain.preparation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.training.TrainingSet;

/** What is looked up at once for some described photos that follow each other. */
final class SamplePage {

  private final Map<PhotoId, List<CleanCaption>> clean;
  private final Map<Long, String> raw = new HashMap<>();
  private final Map<FeatureLayer, Map<ContentHash, byte[]>> features =
      new EnumMap<>(FeatureLayer.class);

  private SamplePage(Map<PhotoId, List<CleanCaption>> clean) {
    this.clean = clean;
  }

  /**
   * Reads what belongs to the photos.
   *
   * @param layers of the preparation's that are wanted
   * @param after the photo before the first of them
   * @throws IncompletePreparationException if the preparation is being deleted
   */
  static SamplePage read(
      Ports ports,
      Preparation preparation,
      List<FeatureLayer> layers,
      List<EncodedPhoto> photos,
      Optional<PhotoId> after) {
    int size = photos.size();
    SamplePage page =
        new SamplePage(
            ports.captions().cleanAfter(preparation.key(), after, size).stream()
                .collect(Collectors.toMap(Described::photo, Described::captions)));
    ports
        .captions()
        .describedAfter(ports.snapshot(preparation), preparation.recipe().filter(), after, size)
        .forEach(photo -> photo.captions().forEach(page::add));
    layers.forEach(layer -> page.add(ports, preparation, layer, photos));
    return page;
  }

  private void add(Caption caption) {
    raw.put(caption.ordinal(), caption.text());
  }

  private void add(
      Ports ports, Preparation preparation, FeatureLayer layer, List<EncodedPhoto> photos) {
    TrainingSet set = preparation.trainingSet();
    Collection<ContentHash> contents =
        photos.stream().flatMap(photo -> photo.content().stream()).collect(Collectors.toSet());
    features.put(
        layer,
        ports
            .photos()
            .features(
                set.extractor().orElseThrow(), set.rendering(), set.stored(), layer, contents));
  }

  Sample sample(EncodedPhoto photo) {
    List<CleanCaption> captions = clean.getOrDefault(photo.photo(), List.of());
    if (captions.size() != photo.captions().size()) {
      throw new IncompletePreparationException("captions of a photo are missing");
    }
    return new Sample(
        photo,
        captions.stream().map(this::text).toList(),
        captions.stream().map(CleanCaption::tokens).toList(),
        photo.content().map(this::features).orElse(Map.of()));
  }

  private String text(CleanCaption caption) {
    return required(raw.get(caption.ordinal()), "a caption");
  }

  private Map<FeatureLayer, byte[]> features(ContentHash content) {
    Map<FeatureLayer, byte[]> of = new EnumMap<>(FeatureLayer.class);
    features.forEach(
        (layer, rows) -> of.put(layer, required(rows.get(content), "features of a photo")));
    return of;
  }

  private static <T> T required(T found, String what) {
    if (found == null) {
      throw new IncompletePreparationException("missing: " + what);
    }
    return found;
  }
}
