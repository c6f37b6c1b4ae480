package org.captionary.domain.training;

import java.util.List;
import java.util.Locale;
import org.captionary.domain.InvalidInputException;

/**
 * Keeps batches small enough to be made.
 *
 * @param maxBytes the most that the arrays of one batch may take together
 */
record BatchLimit(long maxBytes) {

  /**
   * To be called before anything is made, as a batch that is too large may not fit into memory.
   *
   * @param rows examples of the batch, captions for model {@code sequence}
   * @param distinctPhotos of these examples
   * @throws InvalidInputException on field {@code size} or {@code photos}
   */
  void check(TrainingSet set, BatchRequest request, long rows, long distinctPhotos) {
    long word = request.target() == BatchRequest.TargetForm.ONEHOT ? set.vocabularySize() : 1L;
    boolean sequences = request.model() == BatchRequest.Model.SEQUENCE;
    long elements = rows * (sequences ? set.maxLength() * word : set.maxLength() + word);
    if (request.photo() == BatchRequest.PhotoInput.INDEX) {
      elements += rows;
    }
    if (request.photo().hasRows()) {
      boolean compact = request.layout() == BatchRequest.Layout.COMPACT;
      long perPhoto = product(PhotoArrays.rowShape(set, request));
      elements += compact ? distinctPhotos * perPhoto + rows : rows * perPhoto;
    }
    if (elements > maxBytes / ElementType.BYTES) {
      throw tooLarge(request, elements * ElementType.BYTES);
    }
  }

  private InvalidInputException tooLarge(BatchRequest request, long bytes) {
    String allowed =
        String.format(
            Locale.ROOT,
            "what makes a batch of at most %d bytes; this one has %d",
            maxBytes,
            bytes);
    String field = request.size() instanceof BatchRequest.Photos ? "photos" : "size";
    return new InvalidInputException(field, request.size().count(), allowed);
  }

  private static long product(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
