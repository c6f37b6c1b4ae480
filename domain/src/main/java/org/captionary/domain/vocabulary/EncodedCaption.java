package org.captionary.domain.vocabulary;

import java.util.Arrays;

/** A caption as word indices, each 1 or more; not padded, and never cut. May be empty. */
public final class EncodedCaption {

  private final int[] indices;

  /**
   * @param indices not copied
   */
  public EncodedCaption(int[] indices) {
    this.indices = indices;
  }

  public int length() {
    return indices.length;
  }

  /** The word at a place, from 0. */
  public int at(int place) {
    return indices[place];
  }

  public int[] toArray() {
    return indices.clone();
  }

  /**
   * Writes the first {@code length} words, right-aligned in {@code width} places behind zeros; a
   * longer run loses its head (Keras {@code pad_sequences} with its defaults, {@code padding="pre",
   * truncating="pre"}).
   *
   * @param target zeros from {@code offset} on, for {@code width} places
   */
  public void padLeft(int length, int[] target, int offset, int width) {
    int kept = Math.min(length, width);
    System.arraycopy(indices, length - kept, target, offset + width - kept, kept);
  }

  /**
   * Writes the caption, left-aligned in {@code width} places before zeros; a longer one loses its
   * head (Keras {@code pad_sequences} with {@code padding="post"}, {@code truncating} by default
   * {@code "pre"}).
   *
   * @param target zeros from {@code offset} on, for {@code width} places
   */
  public void padRight(int[] target, int offset, int width) {
    int kept = Math.min(indices.length, width);
    System.arraycopy(indices, indices.length - kept, target, offset, kept);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedCaption caption && Arrays.equals(indices, caption.indices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(indices);
  }

  @Override
  public String toString() {
    return Arrays.toString(indices);
  }
}
