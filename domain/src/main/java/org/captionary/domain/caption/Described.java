package org.captionary.domain.caption;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;

/**
 * A photo with its captions, in whatever stage these are.
 *
 * @param split the one split the photo belongs to, if any; never {@link Split#ALL}
 * @param content of the photo's file; empty if there is no usable file
 * @param rank the ordinal of the photo's first caption: orders photos by first appearance
 * @param captions in dataset order, not empty
 */
public record Described<C>(
    PhotoId photo,
    Optional<Split> split,
    Optional<ContentHash> content,
    long rank,
    List<C> captions) {

  public Described {
    captions = List.copyOf(captions);
  }

  /** The same photo with its captions in another stage. */
  public <D> Described<D> with(Function<List<C>, List<D>> stage) {
    return new Described<>(photo, split, content, rank, stage.apply(captions));
  }
}
