package org.captionary.domain.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;

/** Makes the arrays that stand for a batch's photos: {@code photos} and {@code photo_index}. */
final class PhotoArrays {

  private static final List<Integer> PIXELS_SHAPE =
      List.of(Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS);

  /** About what a kept row takes beside its bytes. */
  private static final int ENTRY_BYTES = 400;

  private final PhotoRepository photos;
  private final LastUsed<String, RowMemory.Row> kept;
  private final RowMemory memory;
  private final HitCount count = new HitCount();

  /**
   * @param keptBytes about the most that is kept of rows used last
   */
  PhotoArrays(PhotoRepository photos, long keptBytes, RowMemory memory) {
    this.photos = photos;
    this.memory = memory;
    this.kept =
        new LastUsed<>(keptBytes, row -> row.heldBytes() + ENTRY_BYTES, RowMemory.Row::giveBack);
  }

  /** Of rows, each distinct photo of a batch being one. */
  KeptFigures figures() {
    return count.figures(kept.weight());
  }

  /** The shape of one row of {@code photos}; the request is not for {@code photo=none}. */
  static List<Integer> rowShape(TrainingSet set, BatchRequest request) {
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? PIXELS_SHAPE
        : set.layer(request.layer()).shape();
  }

  /**
   * None for {@code photo=none}, {@code photo_index} alone for {@code photo=index}; else {@code
   * photos} alone if expanded, both if compact.
   *
   * @param held what {@link #hold} gave
   */
  static List<BatchArray> arrays(
      TrainingSet set,
      BatchRequest request,
      BatchRows.Unrolled rows,
      Map<ContentHash, RowMemory.Row> held) {
    if (request.photo() == BatchRequest.PhotoInput.INDEX) {
      int[] numbers = rows.photoNumbers(request.split());
      return List.of(BatchArray.ofInts("photo_index", numbers, numbers.length));
    }
    if (!request.photo().hasRows()) {
      return List.of();
    }
    List<RowMemory.Row> distinct = rows.contents().stream().map(held::get).toList();
    List<Integer> shape = rowShape(set, request);
    if (request.layout() == BatchRequest.Layout.COMPACT) {
      return List.of(
          BatchArray.ofRows("photos", distinct, shape),
          BatchArray.ofInts("photo_index", rows.photoIndex(), rows.photoIndex().length));
    }
    List<RowMemory.Row> perExample =
        Arrays.stream(rows.photoIndex()).mapToObj(distinct::get).toList();
    return List.of(BatchArray.ofRows("photos", perExample, shape));
  }

  /** What one distinct photo takes in memory while a batch is written. */
  static long heldBytes(TrainingSet set, BatchRequest request) {
    return switch (request.photo()) {
      case NONE, INDEX -> 0;
      case PIXELS -> Pixels.LENGTH;
      case FEATURES -> (long) ElementType.BYTES * set.layer(request.layer()).length();
    };
  }

  /** A row for each photo by its content, held once for the caller. */
  Map<ContentHash, RowMemory.Row> hold(
      TrainingSet set, BatchRequest request, BatchRows.Unrolled of) {
    if (!request.photo().hasRows()) {
      return Map.of();
    }
    Map<ContentHash, RowMemory.Row> rows = new HashMap<>();
    try {
      holdAll(set, request, new HashSet<>(of.contents()), rows);
      return rows;
    } catch (RuntimeException e) {
      rows.values().forEach(RowMemory.Row::giveBack);
      throw e;
    }
  }

  private void holdAll(
      TrainingSet set,
      BatchRequest request,
      Set<ContentHash> contents,
      Map<ContentHash, RowMemory.Row> rows) {
    String kind = kind(set, request);
    Set<ContentHash> missing = new HashSet<>();
    for (ContentHash content : contents) {
      RowMemory.Row row = kept.find(content.hex() + kind);
      // It may have been dropped since.
      if (row != null && row.hold()) {
        rows.put(content, row);
      } else {
        missing.add(content);
      }
    }
    count.add(rows.size(), missing.size());
    if (!missing.isEmpty()) {
      read(set, request, missing, rows);
      missing.forEach(content -> keep(content.hex() + kind, rows.get(content)));
    }
  }

  private void keep(String key, RowMemory.Row row) {
    row.hold();
    kept.put(key, row);
  }

  /** What beside a photo's content decides its row. */
  private static String kind(TrainingSet set, BatchRequest request) {
    String made = " " + set.rendering().id();
    return request.photo() == BatchRequest.PhotoInput.PIXELS
        ? made + " pixels"
        : String.join(
            " ",
            made,
            set.layer(request.layer()).id(),
            set.stored().id(),
            set.extractor().orElseThrow().toString());
  }

  private void read(
      TrainingSet set,
      BatchRequest request,
      Set<ContentHash> contents,
      Map<ContentHash, RowMemory.Row> rows) {
    if (request.photo() == BatchRequest.PhotoInput.PIXELS) {
      photos
          .pixels(set.rendering(), contents)
          .forEach((content, p) -> rows.put(content, PhotoRow.of(p)));
    } else {
      photos
          .features(
              set.extractor().orElseThrow(),
              set.rendering(),
              set.stored(),
              set.layer(request.layer()),
              contents)
          .forEach((content, bytes) -> rows.put(content, memory.copyOf(bytes)));
    }
    for (ContentHash content : contents) {
      if (!rows.containsKey(content)) {
        throw new IncompletePreparationException(
            "nothing is stored for the photo of content " + content);
      }
    }
  }
}
