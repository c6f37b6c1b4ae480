package org.captionary.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
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

  @RestQuery String preparation;
  @RestQuery String extractor;
  @RestQuery String layers;
  @RestQuery String resize;
  @RestQuery Boolean exifOrientation;
  @RestQuery String precision;

  boolean ofPreparation() {
    return preparation != null;
  }

  /** What the parameters name; {@code avg}, as Keras would give it, where they are silent. */
  Wanted asNamed(FeaturesOnDemand features) {
    Network network = network(features);
    return new Wanted(
        rendering(),
        network,
        precision(network, features),
        StoredType.FLOAT32,
        layers(List.of(network.avg()), network, features.layers(network)));
  }

  /**
   * What the preparation was made with.
   *
   * @throws ProblemException if something contradicts it, or its numbers cannot be had here
   */
  Wanted asPrepared(Preparation of, FeaturesOnDemand features) {
    requireLeftOut("extractor", extractor);
    requireLeftOut("resize", resize);
    requireLeftOut("exifOrientation", exifOrientation);
    requireLeftOut("precision", precision);
    requireSameExtractor(of, features);
    Recipe recipe = of.recipe();
    return new Wanted(
        recipe.rendering(),
        recipe.extractor(),
        recipe.precision(),
        recipe.stored(),
        layers(recipe.layers(), recipe.extractor(), recipe.features()));
  }

  private List<FeatureLayer> layers(
      List<FeatureLayer> unlessNamed, Network network, Set<FeatureLayer> possible) {
    if (layers == null) {
      return unlessNamed;
    }
    return Arrays.stream(layers.split(",", -1))
        .map(id -> layer(id, network, possible))
        .distinct()
        .toList();
  }

  private FeatureLayer layer(String id, Network network, Set<FeatureLayer> possible) {
    return network
        .layer(id)
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

  private Network network(FeaturesOnDemand features) {
    if (extractor == null) {
      return Network.VGG16;
    }
    return Network.byId(extractor)
        .filter(network -> features.networks().contains(network.id()))
        .orElseThrow(() -> ProblemException.badField("extractor", extractor, features.networks()));
  }

  private Precision precision(Network network, FeaturesOnDemand features) {
    if (precision == null) {
      return Precision.FLOAT32;
    }
    List<Precision> possible =
        Arrays.stream(Precision.values())
            .filter(p -> features.extractor(network, p).isPresent())
            .toList();
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
    Network network = of.recipe().extractor();
    Optional<ExtractorIdentity> here = features.extractor(network, of.recipe().precision());
    if (!here.equals(Optional.of(made))) {
      throw refused(
          "a preparation by an extractor of this node, as %s; this one is by %s"
              .formatted(features.extractor(network, Precision.FLOAT32).orElseThrow(), made));
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
