package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.PhotoId;

/**
 * Photos that follow each other in the order of ids: a chunk of a phase that works on text.
 *
 * @param after the photo before the first; empty: from the first of all
 * @param photos how many
 */
record PhotoRun(Optional<PhotoId> after, int photos) {

  /** Photos in a chunk. */
  static final int LENGTH = 2_000;

  /** How many of the described photos a recipe takes. */
  static long photos(long described, Recipe recipe) {
    return recipe.limit().isPresent() ? Math.min(described, recipe.limit().getAsInt()) : described;
  }

  /**
   * Cuts photos into runs.
   *
   * @param ends the last photo of each run of {@link #LENGTH}
   * @param photos how many there are
   */
  static List<PhotoRun> cut(List<PhotoId> ends, long photos) {
    List<PhotoRun> runs = new ArrayList<>();
    Optional<PhotoId> after = Optional.empty();
    long left = photos;
    while (left > 0) {
      runs.add(new PhotoRun(after, (int) Math.min(LENGTH, left)));
      left -= LENGTH;
      after = left > 0 ? Optional.of(ends.get(runs.size() - 1)) : after;
    }
    return runs;
  }

  List<String> write() {
    return List.of(String.valueOf(photos), after.map(PhotoId::value).orElse(""));
  }

  static PhotoRun read(Chunk chunk) {
    String after = chunk.arguments().get(1);
    return new PhotoRun(
        after.isEmpty() ? Optional.empty() : Optional.of(new PhotoId(after)),
        Integer.parseInt(chunk.arguments().get(0)));
  }
}
