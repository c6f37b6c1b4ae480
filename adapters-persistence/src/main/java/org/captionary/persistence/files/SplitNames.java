package org.captionary.persistence.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.photo.Split;

/** What data sets call the usual splits. */
final class SplitNames {

  /** The splits that the names stand for. */
  static final List<Split> SPLITS =
      List.of(new Split("train"), new Split("dev"), new Split("test"));

  private static final Map<String, Split> BY_NAME =
      Map.of(
          "train", SPLITS.get(0),
          "restval", SPLITS.get(0),
          "dev", SPLITS.get(1),
          "val", SPLITS.get(1),
          "valid", SPLITS.get(1),
          "validation", SPLITS.get(1),
          "test", SPLITS.get(2));

  private SplitNames() {}

  static Optional<Split> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The split that goes by a name, which may be one of its own. */
  static Split of(String name) throws BadRowException {
    try {
      Split split = find(name).orElseGet(() -> new Split(name));
      if (!split.isAll()) {
        return split;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one refusal below
    }
    throw new BadRowException("a split's name is 1 to 64 of a-z, 0-9, _ and -, and not all");
  }
}
