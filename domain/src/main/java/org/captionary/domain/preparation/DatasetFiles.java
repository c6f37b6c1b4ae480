package org.captionary.domain.preparation;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.Judgement;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;

/** Port: the files of data sets of one format. Reads only below the folders it was allowed. */
public interface DatasetFiles {

  /** The format's name, such as {@code flickr8k}. */
  String format();

  /**
   * Whether a data set's files look as if they were of this format, which its own need not be.
   *
   * @throws InvalidInputException as {@link #check}
   */
  boolean recognises(Dataset dataset);

  /** The splits that a data set may have: those it lists, and those its captions may tell of. */
  List<Split> splits(Dataset dataset);

  /**
   * Looks whether a data set can be read at all.
   *
   * @throws InvalidInputException on field {@code photos}, {@code captions}, {@code splits.<name>}
   *     or {@code annotations.<annotators>}: not absolute, not below an allowed folder, absent, or
   *     not readable
   */
  void check(Dataset dataset);

  /**
   * Changes when a file is added, removed, resized or touched; made from names, sizes and times.
   *
   * @throws InvalidInputException as {@link #check}
   */
  ContentHash fingerprint(Dataset dataset);

  /**
   * Reads the captions row by row.
   *
   * @return of the bytes of their file
   * @throws InvalidInputException as {@link #check}
   */
  ContentHash readCaptions(Dataset dataset, CaptionSink sink);

  /**
   * Reads the list of a split row by row.
   *
   * @return of the file's bytes
   * @throws InvalidInputException as {@link #check}
   */
  ContentHash readSplit(Dataset dataset, Split split, SplitSink sink);

  /**
   * Reads a file of human judgements row by row.
   *
   * @param annotators one of those that the data set has a file of
   * @return of the file's bytes
   * @throws InvalidInputException as {@link #check}
   */
  ContentHash readJudgements(Dataset dataset, Annotators annotators, JudgementSink sink);

  /**
   * What lies in the photos' folder, in the order of code points of the names. Held in memory:
   * about 80 bytes a photo.
   *
   * @throws InvalidInputException as {@link #check}
   */
  List<String> photoNames(Dataset dataset);

  /**
   * Size and time of one of {@link #photoNames}, without reading it.
   *
   * @throws UnreadablePhotoException if it is no file, is gone, or leaves the allowed folders
   */
  FileStamp stamp(Dataset dataset, String name) throws UnreadablePhotoException;

  /**
   * The bytes of a photo file.
   *
   * @throws UnreadablePhotoException as {@link #stamp}, or if it may not be read or is too large
   */
  byte[] readPhoto(Dataset dataset, String name) throws UnreadablePhotoException;

  /** Takes what is told of any text file. */
  interface TextSink {

    /**
     * Told once for each file that is read, whatever became of its rows.
     *
     * @param source the file's name
     * @param encoding such as {@code UTF-8}
     */
    void encoding(String source, String encoding);

    void rejected(RejectedInput row);
  }

  /** Takes the rows of a caption file, in dataset order. */
  interface CaptionSink extends TextSink {
    /**
     * Takes a caption.
     *
     * @param number by which the file tells a photo's captions apart, if it does
     */
    void caption(PhotoId photo, OptionalInt number, String text);

    /** Takes a caption of a file that does not number them. */
    default void caption(PhotoId photo, String text) {
      caption(photo, OptionalInt.empty(), text);
    }

    /**
     * Puts a photo into a split, in formats whose captions tell of it; again as often as it likes.
     *
     * @param source the file that says so
     * @param line of the file, from 1
     * @param text the row, which is rejected if the photo is in another split
     */
    void split(PhotoId photo, Split split, String source, long line, String text);
  }

  /** Takes the rows of a split list. */
  interface SplitSink extends TextSink {
    void photo(PhotoId photo, long line, String text);
  }

  /** Takes the rows of a file of human judgements. */
  interface JudgementSink extends TextSink {

    /**
     * Takes what was said of one pair.
     *
     * @param photo that was judged
     * @param described the photo that the caption was written for
     * @param number of the caption among those of its photo
     * @param line of the file, from 1
     * @param text the row
     */
    void judgement(
        PhotoId photo, PhotoId described, int number, Judgement judgement, long line, String text);
  }

  /**
   * What tells cheaply that a file is the same as before.
   *
   * @param modified to the microsecond
   */
  record FileStamp(long size, Instant modified) {}
}
