package org.captionary.domain.photo;

import java.util.Locale;

/** A feature is too large for the type that features are to be kept in. */
public final class UnstorableValueException extends RuntimeException {

  UnstorableValueException(FeatureLayer layer, float value, StoredType stored) {
    super(
        String.format(
            Locale.ROOT,
            "layer %s has the value %s, which is beyond the largest %s",
            layer.id(),
            value,
            stored.id()));
  }
}
