package org.captionary.domain.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.NumberedCaption.Place;

/** Port: the encoded captions of each preparation, found by the numbers of their examples. */
public interface ExampleRepository {

  /** Adds the captions of whole photos; photos come in the order of ids, each once. */
  void add(PreparationKey preparation, List<NumberedCaption> captions);

  /** The last photo, in the order of ids, whose captions were added. */
  Optional<PhotoId> lastAdded(PreparationKey preparation);

  /** How many captions were added. */
  long count(PreparationKey preparation);

  /** Where the numbering goes on after {@link #lastAdded}, for each split and for all. */
  Map<Split, Place> next(PreparationKey preparation);

  /** The figures of {@link Split#ALL}, always there, and of each split that has a photo. */
  Map<Split, SplitFigures> figures(PreparationKey preparation);

  /**
   * The captions that have an example with a number in {@code from..to-1}, in example order. Takes
   * time by the captions returned, not by those kept.
   */
  List<NumberedCaption> byExample(PreparationKey preparation, Split split, long from, long to);

  /**
   * The captions that have an example and belong to a photo with a number in {@code from..to-1}, in
   * example order. Takes time by the captions returned, not by those kept.
   */
  List<NumberedCaption> byPhoto(PreparationKey preparation, Split split, long from, long to);

  /**
   * The next distinct contents of described photos, in the order of their hashes.
   *
   * @param limit at most so many, 1 or more
   */
  List<ContentHash> contentsAfter(
      PreparationKey preparation, Optional<ContentHash> after, int limit);

  /** How many distinct contents there are. */
  long countContents(PreparationKey preparation);
}
