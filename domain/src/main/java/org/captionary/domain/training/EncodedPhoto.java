package org.captionary.domain.training;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * A described photo's encoded captions with their place among what can be served.
 *
 * <p>A caption of n words w0..wn-1 has n - 1 examples of model {@code word}: for i in 1..n-1 the
 * words before i and the word i. They are arithmetic over the caption and are never stored.
 *
 * @param split the photo's split, if any
 * @param content of the photo's file; empty if there is none, and then nothing is servable
 * @param captions those that the recipe chose, in dataset order, emptied ones included
 * @param inAll its place among all photos; empty if not servable
 * @param inSplit its place within its split; empty if not servable or in no split
 */
public record EncodedPhoto(
    PhotoId photo,
    Optional<Split> split,
    Optional<ContentHash> content,
    List<EncodedCaption> captions,
    Optional<Place> inAll,
    Optional<Place> inSplit) {

  public EncodedPhoto {
    captions = List.copyOf(captions);
  }

  /** How many examples of model {@code word} a caption has. */
  public static int examples(EncodedCaption caption) {
    return examples(caption.length());
  }

  static int examples(int words) {
    return Math.max(0, words - 1);
  }

  /** How many examples of model {@code word} all its captions have. */
  public long examples() {
    return captions.stream().mapToLong(EncodedPhoto::examples).sum();
  }

  /** How many of a unit it holds. */
  public long count(Unit unit) {
    return switch (unit) {
      case PHOTO -> 1;
      case PHOTO_WITH_EXAMPLES -> Math.min(1, examples());
      case CAPTION -> captions.size();
      case EXAMPLE -> examples();
    };
  }

  /** Its place within a split, or among all. */
  public Optional<Place> place(Split in) {
    if (in.isAll()) {
      return inAll;
    }
    return split.equals(Optional.of(in)) ? inSplit : Optional.empty();
  }

  /**
   * Where a photo stands in an epoch without shuffling. All count from 0.
   *
   * @param photo its number among the photos that can be served
   * @param photoWithExamples its number among those of them that have examples; of one that has
   *     none, the number of the next that has
   * @param caption the number of its first caption
   * @param example the number of its first example; of a photo that has none, that of the next one
   */
  public record Place(long photo, long photoWithExamples, long caption, long example) {

    static final Place FIRST = new Place(0, 0, 0, 0);

    /** The number of the photo, or of the first of its captions or examples. */
    public long first(Unit unit) {
      return switch (unit) {
        case PHOTO -> photo;
        case PHOTO_WITH_EXAMPLES -> photoWithExamples;
        case CAPTION -> caption;
        case EXAMPLE -> example;
      };
    }

    /** The place behind so much more. */
    Place plus(Place more) {
      return new Place(
          photo + more.photo,
          photoWithExamples + more.photoWithExamples,
          caption + more.caption,
          example + more.example);
    }

    /** The place of the photo behind one that stands here. */
    public Place behind(List<EncodedCaption> captions) {
      long examples = captions.stream().mapToLong(EncodedPhoto::examples).sum();
      return new Place(
          photo + 1,
          photoWithExamples + (examples > 0 ? 1 : 0),
          caption + captions.size(),
          example + examples);
    }
  }
}
