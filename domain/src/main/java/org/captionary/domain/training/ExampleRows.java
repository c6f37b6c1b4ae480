package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;

/**
 * The examples of one batch unrolled: for each the words before, the word, and its photo's row.
 *
 * <p>Shapes: {@code sequences} (B, maxLength), {@code targets} (B,), {@code photoIndex} (B,).
 */
final class ExampleRows {

  private final int maxLength;
  private final int[] sequences;
  private final int[] targets;
  private final int[] photoIndex;
  private final Map<PhotoId, Integer> rowOf = new LinkedHashMap<>();
  private final List<ContentHash> photos = new ArrayList<>();
  private int filled;

  ExampleRows(int examples, int maxLength) {
    this.maxLength = maxLength;
    this.sequences = new int[Math.multiplyExact(examples, maxLength)];
    this.targets = new int[examples];
    this.photoIndex = new int[examples];
  }

  /** Adds the examples {@code from..to-1} of a caption, counted from its own first. */
  void add(NumberedCaption caption, int from, int to) {
    int row = rowOf.computeIfAbsent(caption.photo(), photo -> newRow(caption));
    for (int example = from; example < to; example++) {
      int word = example + 1;
      caption.caption().padLeft(word, sequences, filled * maxLength, maxLength);
      targets[filled] = caption.caption().at(word);
      photoIndex[filled] = row;
      filled++;
    }
  }

  private int newRow(NumberedCaption caption) {
    photos.add(caption.content().orElseThrow());
    return photos.size() - 1;
  }

  int count() {
    return filled;
  }

  int[] sequences() {
    return sequences;
  }

  int[] targets() {
    return targets;
  }

  int[] photoIndex() {
    return photoIndex;
  }

  /** The content of each distinct photo, in the order of first example. */
  List<ContentHash> photos() {
    return photos;
  }
}
