package org.captionary.domain.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;

/**
 * Port: the encoded captions of each preparation, found by the numbers of what they hold. A look-up
 * takes time by what it returns, not by what is kept.
 */
public interface ExampleRepository {

  /**
   * Adds photos that follow each other in the order of ids, each once; runs of photos may come in
   * any order.
   *
   * @param before what stands before the first of them
   */
  void add(PreparationKey preparation, List<EncodedPhoto> photos, ExampleTotals before);

  /** The figures of {@link Split#ALL}, always there, and of each split that has a photo. */
  Map<Split, SplitFigures> figures(PreparationKey preparation);

  /**
   * The servable photos that hold a unit with a number in {@code from..to-1}, in order of numbers.
   */
  List<EncodedPhoto> between(
      PreparationKey preparation, Split split, Unit unit, long from, long to);

  /**
   * The servable photos that hold units with these numbers, each photo once, in order of numbers.
   *
   * @param numbers in any order, all below the split's count of the unit
   */
  List<EncodedPhoto> holding(PreparationKey preparation, Split split, Unit unit, long[] numbers);

  /**
   * The numbers of captions that are known by their length and their rank, from 0, among the
   * servable captions of that length in the split.
   *
   * @return the number of each, in the order asked for; negative where the caption is missing
   */
  long[] captionNumbers(PreparationKey preparation, Split split, List<LengthRank> captions);

  /**
   * The next photos, servable or not, in the order of ids.
   *
   * @param limit at most so many, 1 or more
   */
  List<EncodedPhoto> photosAfter(PreparationKey preparation, Optional<PhotoId> after, int limit);

  /**
   * The next distinct contents of described photos, in the order of their hashes.
   *
   * @param limit at most so many, 1 or more
   */
  List<ContentHash> contentsAfter(
      PreparationKey preparation, Optional<ContentHash> after, int limit);

  /** The distinct contents of described photos in a range, in the order of their hashes. */
  List<ContentHash> contents(PreparationKey preparation, ContentRange range);

  /** How many distinct contents there are. */
  long countContents(PreparationKey preparation);

  /** A range of contents by their hashes, both ends included. */
  record ContentRange(ContentHash from, ContentHash to) {}

  /**
   * One caption of those that are equally long.
   *
   * @param examples of the caption
   * @param rank its number, from 0, among the servable captions with so many examples
   */
  record LengthRank(int examples, long rank) {}
}
