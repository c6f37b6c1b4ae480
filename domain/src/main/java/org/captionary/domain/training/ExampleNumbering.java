package org.captionary.domain.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.Described;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.NumberedCaption.Place;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * Numbers the examples that can be served, photo by photo in the order of ids, over all photos and
 * within each split. A photo without a file, or without examples, takes no number.
 */
public final class ExampleNumbering {

  private final Map<Split, Place> next;

  /**
   * @param next where to go on for each split and for {@link Split#ALL}; empty: from the start
   */
  public ExampleNumbering(Map<Split, Place> next) {
    this.next = new HashMap<>(next);
  }

  /** Numbers the captions of the next photo. */
  public List<NumberedCaption> number(Described<OrdinalCaption> photo) {
    List<NumberedCaption> numbered =
        photo.captions().stream().map(caption -> number(photo, caption)).toList();
    if (numbered.stream().anyMatch(c -> c.inAll().isPresent() && c.examples() > 0)) {
      endPhoto(Split.ALL);
      photo.split().ifPresent(this::endPhoto);
    }
    return numbered;
  }

  private NumberedCaption number(Described<OrdinalCaption> photo, OrdinalCaption caption) {
    int examples = NumberedCaption.examples(caption.encoded().length());
    boolean servable = photo.content().isPresent();
    return new NumberedCaption(
        photo.photo(),
        caption.ordinal(),
        photo.split(),
        photo.content(),
        caption.encoded(),
        servable ? Optional.of(take(Split.ALL, examples)) : Optional.empty(),
        servable ? photo.split().map(split -> take(split, examples)) : Optional.empty());
  }

  private Place take(Split split, int examples) {
    Place place = next.getOrDefault(split, new Place(0, 0));
    next.put(split, new Place(place.firstExample() + examples, place.photo()));
    return place;
  }

  private void endPhoto(Split split) {
    next.computeIfPresent(split, (s, at) -> new Place(at.firstExample(), at.photo() + 1));
  }

  /** An encoded caption with the ordinal of the raw one. */
  public record OrdinalCaption(long ordinal, EncodedCaption encoded) {}
}
