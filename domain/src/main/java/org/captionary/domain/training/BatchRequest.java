package org.captionary.domain.training;

import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.Split;

/**
 * Which cut of a preparation's examples a trainer asks for, and in what form.
 *
 * @param order in which an epoch goes through the split
 * @param layer by name, needed only if a preparation stores several; for {@code photo=features}
 *     alone
 */
public record BatchRequest(
    Model model,
    Split split,
    EpochOrder order,
    Size size,
    PhotoInput photo,
    Optional<String> layer,
    TargetForm target,
    Layout layout) {

  /** What is to be learnt. */
  public enum Model {
    /** The next word, from the words so far: an example for each word but a caption's first. */
    WORD,
    /** The whole caption at once: an example for each caption. */
    SEQUENCE
  }

  /** What stands for the photo. */
  public enum PhotoInput {
    FEATURES,
    PIXELS,
    NONE,
    /**
     * {@code photo_index} alone: of each row the photo's number among the split's servable photos,
     * in the order of ids from 0. For whoever has the photos already.
     */
    INDEX;

    /** Whether a batch holds rows of photos. */
    boolean hasRows() {
      return this == FEATURES || this == PIXELS;
    }
  }

  /** What a target looks like. */
  public enum TargetForm {
    /** The index of a word; 0 for padding. */
    INDEX,
    /** For each word a row of {@code vocabularySize} floats, 1 at its index. */
    ONEHOT
  }

  /** How photos and examples are matched. */
  public enum Layout {
    /** A row for each distinct photo, and for each example the number of its row. */
    COMPACT,
    /** A photo row for each example. */
    EXPANDED
  }

  /** How examples are cut into batches. */
  public sealed interface Size {
    /** So many a batch. */
    int count();
  }

  /**
   * So many examples a batch, captions for model {@code sequence}; the last may be smaller.
   *
   * @param count 1 to {@value #MAX}
   */
  public record Examples(int count) implements Size {
    public static final int MAX = 65_536;

    /**
     * @throws InvalidInputException on field {@code size}
     */
    public Examples {
      check("size", count, MAX);
    }
  }

  /**
   * All examples of so many whole photos a batch; the last may be smaller.
   *
   * @param count 1 to {@value #MAX}
   */
  public record Photos(int count) implements Size {
    public static final int MAX = 4_096;

    /**
     * @throws InvalidInputException on field {@code photos}
     */
    public Photos {
      check("photos", count, MAX);
    }
  }

  /** What {@link #size} counts for the model. */
  Unit unit() {
    boolean word = model == Model.WORD;
    if (size instanceof Photos) {
      return word ? Unit.PHOTO_WITH_EXAMPLES : Unit.PHOTO;
    }
    return word ? Unit.EXAMPLE : Unit.CAPTION;
  }

  private static void check(String field, int count, int max) {
    if (count < 1 || count > max) {
      throw new InvalidInputException(field, count, "a whole number from 1 to " + max);
    }
  }
}
