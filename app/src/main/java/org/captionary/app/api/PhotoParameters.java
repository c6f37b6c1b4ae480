package org.captionary.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.training.FeaturesOnDemand;
import org.captionary.domain.training.FeaturesOnDemand.Wanted;
import org.jboss.resteasy.reactive.RestQuery;

/** Which features of a photo are asked for: those of a preparation, or by name. */
public class PhotoParameters {

  private static final List<FeatureLayer> DEFAULT = List.of(FeatureLayer.AVG);

  @RestQuery String preparation;
  @RestQuery String layers;
  @RestQuery String resize;
  @RestQuery Boolean exifOrientation;
  @RestQuery String precision;

  boolean ofPreparation() {
    return preparation != null;
  }

  /** What the parameters name; {@code avg}, as Keras would give it, where they are silent. */
  Wanted asNamed(FeaturesOnDemand features) {
    return new Wanted(
        rendering(), precision(features), StoredType.FLOAT32, layers(DEFAULT, features.layers()));
  }

  /**
   * What the preparation was made with.
   *
   * @throws ProblemException if something contradicts it, or its numbers cannot be had here
   */
  Wanted asPrepared(Preparation of, FeaturesOnDemand features) {
    requireLeftOut("resize", resize);
    requireLeftOut("exifOrientation", exifOrientation);
    requireLeftOut("precision", precision);
    requireSameExtractor(of, features);
    Recipe recipe = of.recipe();
    return new Wanted(
        recipe.rendering(),
        recipe.precision(),
        recipe.stored(),
        layers(recipe.layers(), recipe.features()));
  }

  private List<FeatureLayer> layers(List<FeatureLayer> unlessNamed, Set<FeatureLayer> possible) {
    if (layers == null) {
      return unlessNamed;
    }
    return Arrays.stream(layers.split(",", -1)).map(id -> layer(id, possible)).distinct().toList();
  }

  private FeatureLayer layer(String id, Set<FeatureLayer> possible) {
    return FeatureLayer.byId(id)
        .filter(possible::contains)
        .orElseThrow(
            () ->
                ProblemException.badField(
                    "layers", layers, "some of %s, with commas between".formatted(ids(possible))));
  }

  private static String ids(Set<FeatureLayer> layers) {
    return String.join(", ", layers.stream().map(FeatureLayer::id).toList());
  }

  private Rendering rendering() {
    Resize given =
        resize == null
            ? Resize.NEAREST
            : Resize.byId(resize)
                .orElseThrow(() -> ProblemException.badField("resize", resize, Resize.ids()));
    return new Rendering(given, exifOrientation != null && exifOrientation);
  }

  private Precision precision(FeaturesOnDemand features) {
    if (precision == null) {
      return Precision.FLOAT32;
    }
    List<Precision> possible =
        Arrays.stream(Precision.values()).filter(p -> features.extractor(p).isPresent()).toList();
    return Precision.byId(precision)
        .filter(possible::contains)
        .orElseThrow(
            () ->
                ProblemException.badField(
                    "precision", precision, possible.stream().map(Precision::id).toList()));
  }

  private void requireSameExtractor(Preparation of, FeaturesOnDemand features) {
    ExtractorIdentity made =
        of.extractor().orElseThrow(() -> refused("a preparation that has features"));
    Optional<ExtractorIdentity> here = features.extractor(of.recipe().precision());
    if (!here.equals(Optional.of(made))) {
      throw refused(
          "a preparation by an extractor of this node, as %s; this one is by %s"
              .formatted(features.extractor(Precision.FLOAT32).orElseThrow(), made));
    }
  }

  private ProblemException refused(String allowed) {
    return ProblemException.badField("preparation", preparation, allowed);
  }

  private static void requireLeftOut(String field, Object value) {
    if (value != null) {
      throw ProblemException.badField(
          field, value.toString(), "either preparation or " + field + ", as the first decides it");
    }
  }
}
