package org.captionary.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.BatchRequest;
import org.captionary.domain.training.EpochOrder;
import org.jboss.resteasy.reactive.RestQuery;

/** The query of a batch's address. What is left out has its default. */
public class BatchParameters {

  private static final String DEFAULT_SIZE = "32";
  private static final Pattern SIGNED = Pattern.compile("-?[0-9]{1,19}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  @RestQuery String model;
  @RestQuery String split;
  @RestQuery String photo;
  @RestQuery String layer;
  @RestQuery String size;
  @RestQuery String photos;
  @RestQuery String target;
  @RestQuery String layout;
  @RestQuery String shuffle;
  @RestQuery String seed;
  @RestQuery String epoch;

  BatchRequest toRequest() {
    return new BatchRequest(
        choice("model", model, BatchRequest.Model.values()),
        splitGiven(),
        orderGiven(),
        sizeGiven(),
        choice("photo", photo, BatchRequest.PhotoInput.values()),
        layer(layer),
        choice("target", target, BatchRequest.TargetForm.values()),
        choice("layout", layout, BatchRequest.Layout.values()));
  }

  /** Equal for two queries that mean the same batch. */
  static String canonical(BatchRequest request) {
    Map<String, String> query = new TreeMap<>();
    query.put("model", id(request.model()));
    query.put("split", request.split().name());
    query.put("order", request.order().toString());
    query.put("photo", id(request.photo()));
    query.put("layer", request.layer().orElse(""));
    query.put("size", request.size().toString());
    query.put("target", id(request.target()));
    query.put("layout", id(request.layout()));
    return query.toString();
  }

  /** Without shuffling, seed and epoch are looked at and mean nothing. */
  private EpochOrder orderGiven() {
    EpochOrder.Shuffle given = choice("shuffle", shuffle, EpochOrder.Shuffle.values());
    long from = signed("seed", seed, Long.MIN_VALUE);
    EpochOrder order = new EpochOrder(given, from, signed("epoch", epoch, 0));
    return order.isShuffled() ? order : EpochOrder.PLAIN;
  }

  private static long signed(String field, String text, long min) {
    try {
      // Java's own parser also takes a plus, and digits of other scripts.
      if (text == null || SIGNED.matcher(text).matches() && Long.parseLong(text) >= min) {
        return text == null ? 0 : Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // Refused below, as what is no number at all.
    }
    throw ProblemException.badField(
        field, text, "a whole number from " + min + " to " + Long.MAX_VALUE);
  }

  private Split splitGiven() {
    try {
      return split == null ? Split.ALL : new Split(split);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badField("split", split, "all, or the name of a split");
    }
  }

  /**
   * @param layer as it was given; null if it was not
   */
  static Optional<String> layer(String layer) {
    if (layer == null) {
      return Optional.empty();
    }
    List<String> ids =
        Arrays.stream(FeatureLayer.values()).map(FeatureLayer::id).distinct().toList();
    return Optional.of(oneOf("layer", layer, ids));
  }

  private BatchRequest.Size sizeGiven() {
    if (photos == null) {
      int count = number("size", size == null ? DEFAULT_SIZE : size, BatchRequest.Examples.MAX);
      return new BatchRequest.Examples(count);
    }
    if (size != null) {
      throw ProblemException.badField("photos", photos, "either size or photos");
    }
    return new BatchRequest.Photos(number("photos", photos, BatchRequest.Photos.MAX));
  }

  private static int number(String field, String text, int max) {
    // Java's own parser also takes a sign, and digits of other scripts.
    if (!NUMBER.matcher(text).matches()) {
      throw ProblemException.badField(field, text, "a whole number from 1 to " + max);
    }
    return Integer.parseInt(text);
  }

  /** The first of the values is the default. */
  private static <E extends Enum<E>> E choice(String field, String text, E[] values) {
    List<String> ids = Arrays.stream(values).map(BatchParameters::id).toList();
    return values[ids.indexOf(oneOf(field, text, ids))];
  }

  private static String oneOf(String field, String text, List<String> allowed) {
    if (text != null && !allowed.contains(text)) {
      throw ProblemException.badField(field, text, allowed);
    }
    return text == null ? allowed.get(0) : text;
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
