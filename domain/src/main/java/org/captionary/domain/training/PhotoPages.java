package org.captionary.domain.training;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;

/**
 * All described photos of a preparation in the order of ids, a page at a time, read when asked.
 * Throws {@link IncompletePreparationException} at the end if some were missing.
 */
public final class PhotoPages implements Iterator<List<EncodedPhoto>> {

  private final ExampleRepository examples;
  private final PreparationKey preparation;
  private final int size;
  private long left;
  private Optional<PhotoId> after = Optional.empty();
  private List<EncodedPhoto> next;

  /**
   * @param size photos of a page, 1 or more
   */
  public PhotoPages(ExampleRepository examples, TrainingSet set, int size) {
    this.examples = examples;
    this.preparation = set.key();
    this.left = set.figures(Split.ALL).describedPhotos();
    this.size = size;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = examples.photosAfter(preparation, after, size);
      left -= next.size();
      if (next.isEmpty() && left != 0) {
        throw new IncompletePreparationException(left + " of its photos are missing");
      }
    }
    return !next.isEmpty();
  }

  @Override
  public List<EncodedPhoto> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<EncodedPhoto> page = next;
    after = Optional.of(page.get(page.size() - 1).photo());
    next = null;
    return page;
  }
}
