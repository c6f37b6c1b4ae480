package org.captionary.domain.preparation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.captionary.domain.photo.Split;

/**
 * What captions are compared with, and how both are cut into words.
 *
 * @param split whose photos count
 * @param references which text people's captions are taken from
 * @param words how raw text is cut; of no meaning for cleaned text, which the recipe cuts
 */
public record ScoreRequest(Split split, References references, Words words) {

  /** What candidates are compared with. */
  public enum References {
    /** All captions of a photo as they stand in the data set. */
    RAW,
    /** The same, cleaned by the recipe's rules, as is the candidate. */
    CLEANED;

    /** Its name on the wire and in storage. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<References> byId(String id) {
      return Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
      return Arrays.stream(values()).map(References::id).toList();
    }
  }

  /** How raw text is cut into words. */
  public enum Words {
    /** As the COCO caption evaluation does. */
    PTB,
    /** At white space, as text that was cut before wants it. */
    WHITESPACE;

    /** Its name on the wire and in storage. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Words> byId(String id) {
      return Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
      return Arrays.stream(values()).map(Words::id).toList();
    }
  }
}
