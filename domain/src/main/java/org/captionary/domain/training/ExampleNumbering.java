package org.captionary.domain.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Numbers the photos, captions and examples that can be served, photo by photo in the order of ids,
 * over all photos and within each split. A photo without a file takes no number.
 */
public final class ExampleNumbering {

  private final ExampleTotals before;
  private final Map<Split, Place> next = new HashMap<>();

  /**
   * @param before what stands before the first photo that is numbered here
   */
  public ExampleNumbering(ExampleTotals before) {
    this.before = before;
  }

  /** Numbers the next photo. */
  public EncodedPhoto number(Described<EncodedCaption> photo) {
    boolean servable = photo.content().isPresent();
    List<EncodedCaption> captions = photo.captions();
    return new EncodedPhoto(
        photo.photo(),
        photo.split(),
        photo.content(),
        captions,
        servable ? Optional.of(take(Split.ALL, captions)) : Optional.empty(),
        servable ? photo.split().map(split -> take(split, captions)) : Optional.empty());
  }

  private Place take(Split split, List<EncodedCaption> captions) {
    Place place = next.getOrDefault(split, before.behind(split));
    next.put(split, place.behind(captions));
    return place;
  }
}
