package org.captionary.domain.caption;

import java.util.OptionalInt;
import org.captionary.domain.photo.PhotoId;

/**
 * A caption as it stands in the caption file.
 *
 * @param photo that it was written for, or in a pair that was judged, the judged one
 * @param ordinal its place in dataset order, from 0; rows that were rejected take none
 * @param number by which the file tells a photo's captions apart, 0 or more, if it does
 * @param text may be empty; holds no line break
 * @param judgement of how well it describes the photo
 */
public record Caption(
    PhotoId photo, long ordinal, OptionalInt number, String text, Judgement judgement) {

  /** One that was not judged. */
  public Caption(PhotoId photo, long ordinal, OptionalInt number, String text) {
    this(photo, ordinal, number, text, Judgement.NONE);
  }

  public Caption(PhotoId photo, long ordinal, String text) {
    this(photo, ordinal, OptionalInt.empty(), text);
  }
}
