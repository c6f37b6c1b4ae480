package org.captionary.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.FeaturesOnDemand;
import org.jboss.resteasy.reactive.RestQuery;

/** Which features of a photo are asked for: those of a preparation, or by name. */
public class PhotoParameters {

  @RestQuery String preparation;
  @RestQuery String layers;
  @RestQuery String resize;
  @RestQuery Boolean exifOrientation;

  boolean ofPreparation() {
    return preparation != null;
  }

  /** The layers that are named, or else those of the preparation, or else {@code avg}. */
  List<FeatureLayer> layers(List<FeatureLayer> unlessNamed, Set<FeatureLayer> possible) {
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

  Rendering rendering() {
    Resize given =
        resize == null
            ? Resize.NEAREST
            : Resize.byId(resize)
                .orElseThrow(() -> ProblemException.badField("resize", resize, Resize.ids()));
    return new Rendering(given, exifOrientation != null && exifOrientation);
  }

  /**
   * How the preparation's photos were rendered.
   *
   * @throws ProblemException if something contradicts it, or its numbers cannot be had here
   */
  Rendering rendering(Preparation of, FeaturesOnDemand features) {
    requireLeftOut("resize", resize);
    requireLeftOut("exifOrientation", exifOrientation);
    ExtractorIdentity made =
        of.extractor()
            .orElseThrow(
                () ->
                    ProblemException.badField(
                        "preparation", preparation, "a preparation that has features"));
    if (!made.equals(features.extractor())) {
      throw ProblemException.badField(
          "preparation",
          preparation,
          "a preparation by the extractor in use, %s; this one is by %s"
              .formatted(features.extractor(), made));
    }
    return of.recipe().rendering();
  }

  private static void requireLeftOut(String field, Object value) {
    if (value != null) {
      throw ProblemException.badField(
          field, value.toString(), "either preparation or " + field + ", as the first decides it");
    }
  }
}
