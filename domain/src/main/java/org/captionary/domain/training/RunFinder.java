package org.captionary.domain.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.captionary.domain.training.BatchRequest.Model;
import org.captionary.domain.training.CaptionOrder.Piece;
import org.captionary.domain.training.EpochOrder.Shuffle;
import org.captionary.domain.vocabulary.EncodedCaption;

/** Finds which rows a batch has, in their order. */
final class RunFinder {

  private final PhotoLookUp photos;

  RunFinder(PhotoLookUp photos) {
    this.photos = photos;
  }

  List<Run> find(TrainingSet set, BatchRequest request, long number) {
    long size = request.size().count();
    long from = number * size;
    long to = Math.min(from + size, set.figures(request.split()).count(request.unit()));
    return new Search(set, request, number).find(from, to);
  }

  private final class Search {

    private final TrainingSet set;
    private final BatchRequest request;
    private final Unit unit;
    private final SplitFigures figures;
    private final long key;

    Search(TrainingSet set, BatchRequest request, long number) {
      this.set = set;
      this.request = request;
      this.unit = request.unit();
      this.figures = set.figures(request.split());
      this.key = request.order().key();
    }

    List<Run> find(long from, long to) {
      if (!request.order().isShuffled()) {
        return inOrder(from, to);
      }
      if (request.size() instanceof BatchRequest.Photos) {
        return ofPhotos(from, to);
      }
      return unit == Unit.EXAMPLE && request.order().shuffle() == Shuffle.CAPTIONS
          ? ofCaptions(from, to)
          : each(permuted(from, to));
    }

    private List<Run> inOrder(long from, long to) {
      List<Run> runs = new ArrayList<>();
      for (EncodedPhoto photo : photos.between(set, request.split(), unit, from, to)) {
        long at = PhotoLookUp.first(photo, request.split(), unit);
        for (EncodedCaption caption : photo.captions()) {
          addWithin(runs, photo, caption, from - at, to - at);
          at += unit == Unit.EXAMPLE || unit == Unit.CAPTION ? rows(caption) : 0;
        }
      }
      return runs;
    }

    /** Those of a caption's rows that lie between; all of them where photos are counted. */
    private void addWithin(
        List<Run> runs, EncodedPhoto photo, EncodedCaption caption, long from, long to) {
      int rows = rows(caption);
      boolean whole = request.size() instanceof BatchRequest.Photos;
      int begin = whole ? 0 : (int) Math.max(0, from);
      int end = whole ? rows : (int) Math.min(rows, to);
      if (begin < end) {
        runs.add(new Run(photo, caption, begin, end));
      }
    }

    private long[] permuted(long from, long to) {
      Permutation permutation = new Permutation(figures.count(unit), key);
      return LongStream.range(from, to).map(permutation::at).toArray();
    }

    /** Whole photos, and within the batch their captions or examples in an order of its own. */
    private List<Run> ofPhotos(long from, long to) {
      long[] numbers = permuted(from, to);
      NavigableMap<Long, EncodedPhoto> holders = holding(unit, numbers);
      List<Run> runs = new ArrayList<>();
      for (long number : numbers) {
        EncodedPhoto photo = holders.get(number);
        photo.captions().forEach(caption -> addWithin(runs, photo, caption, 0, 0));
      }
      List<Run> units = request.order().shuffle() == Shuffle.CAPTIONS ? runs : single(runs);
      Permutation permutation = new Permutation(units.size(), Mix.mix(key ^ from));
      return IntStream.range(0, units.size())
          .mapToObj(place -> units.get((int) permutation.at(place)))
          .toList();
    }

    private List<Run> single(List<Run> runs) {
      return runs.stream()
          .flatMap(run -> IntStream.range(0, run.rows()).mapToObj(run::row))
          .toList();
    }

    private List<Run> ofCaptions(long from, long to) {
      List<Piece> pieces = new CaptionOrder(figures.captionsByExamples(), key).slice(from, to);
      long[] numbers =
          photos.captionNumbers(set, request.split(), pieces.stream().map(Piece::caption).toList());
      NavigableMap<Long, EncodedPhoto> holders = holding(Unit.CAPTION, numbers);
      return IntStream.range(0, numbers.length)
          .mapToObj(
              i -> {
                Piece piece = pieces.get(i);
                Map.Entry<Long, EncodedPhoto> entry = holders.floorEntry(numbers[i]);
                EncodedPhoto photo = entry.getValue();
                EncodedCaption caption = photo.captions().get((int) (numbers[i] - entry.getKey()));
                return new Run(photo, caption, piece.begin(), piece.end());
              })
          .toList();
    }

    /** A row for each number of an example or caption. */
    private List<Run> each(long[] numbers) {
      NavigableMap<Long, EncodedPhoto> holders = holding(unit, numbers);
      return LongStream.of(numbers)
          .mapToObj(
              number -> {
                Map.Entry<Long, EncodedPhoto> entry = holders.floorEntry(number);
                return row(entry.getValue(), number - entry.getKey());
              })
          .toList();
    }

    private Run row(EncodedPhoto photo, long row) {
      long left = row;
      for (EncodedCaption caption : photo.captions()) {
        if (left < rows(caption)) {
          return new Run(photo, caption, (int) left, (int) left + 1);
        }
        left -= rows(caption);
      }
      throw new IllegalStateException("photo " + photo.photo() + " has no row " + row);
    }

    /** By the number of the first unit of each. */
    private NavigableMap<Long, EncodedPhoto> holding(Unit of, long[] numbers) {
      return photos.holding(set, request.split(), of, numbers);
    }

    /** How many rows a whole caption makes. */
    private int rows(EncodedCaption caption) {
      return request.model() == Model.WORD ? EncodedPhoto.examples(caption) : 1;
    }
  }
}
