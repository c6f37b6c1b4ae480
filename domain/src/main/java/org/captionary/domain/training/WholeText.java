package org.captionary.domain.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.captionary.domain.photo.Split;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * The whole text of a preparation as the arrays of one model, those of photos without a file
 * included: photos by id, a photo's captions in dataset order. It is read some photos at a time
 * while it is written, and once more for each checksum.
 *
 * <p>{@code photo_index} counts described photos in the order of ids from 0.
 */
public final class WholeText {

  private static final int PAGE = 2_000;

  private final ExampleRepository examples;

  public WholeText(ExampleRepository examples) {
    this.examples = examples;
  }

  /**
   * Model {@code sequence}: {@code photo_index} (captions,), {@code targets} (captions, maxLength).
   */
  public Batch sequences(TrainingSet set) {
    long rows = set.figures(Split.ALL).captions();
    return new Batch(
        List.of(
            array(set, "photo_index", List.of(rows), 1, Rows::photoOfCaptions),
            array(
                set,
                "targets",
                List.of(rows, (long) set.maxLength()),
                set.maxLength(),
                Rows::captions)));
  }

  /**
   * Model {@code word}: {@code photo_index} (examples,), {@code sequences} (examples, maxLength),
   * {@code targets} (examples,).
   */
  public Batch words(TrainingSet set) {
    long rows = set.figures(Split.ALL).examples();
    return new Batch(
        List.of(
            array(set, "photo_index", List.of(rows), 1, Rows::photoOfExamples),
            array(
                set,
                "sequences",
                List.of(rows, (long) set.maxLength()),
                set.maxLength(),
                Rows::wordsBefore),
            array(set, "targets", List.of(rows), 1, Rows::words)));
  }

  /** Writes what one photo adds to an array. */
  @FunctionalInterface
  private interface Filler {
    void write(Rows rows, EncodedPhoto photo) throws IOException;
  }

  private BatchArray array(
      TrainingSet set, String name, List<Long> shape, int width, Filler filler) {
    BatchArray.Content content =
        out -> {
          Rows rows = new Rows(out, width);
          PhotoPages pages = new PhotoPages(examples, set, PAGE);
          while (pages.hasNext()) {
            for (EncodedPhoto photo : pages.next()) {
              filler.write(rows, photo);
              rows.photo++;
            }
          }
        };
    return new BatchArray(name, ElementType.INT32, shape, content);
  }

  /** Writes rows of int32. */
  private static final class Rows {

    private final OutputStream out;
    private final int[] row;
    private final ByteBuffer bytes;
    private int photo;

    Rows(OutputStream out, int width) {
      this.out = out;
      this.row = new int[width];
      this.bytes = ByteBuffer.allocate(ElementType.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write() throws IOException {
      bytes.clear();
      for (int i = 0; i < row.length; i++) {
        bytes.putInt(row[i]);
        row[i] = 0;
      }
      out.write(bytes.array());
    }

    private void write(int value, long times) throws IOException {
      for (long i = 0; i < times; i++) {
        row[0] = value;
        write();
      }
    }

    void photoOfCaptions(EncodedPhoto of) throws IOException {
      write(photo, of.captions().size());
    }

    void photoOfExamples(EncodedPhoto of) throws IOException {
      write(photo, of.examples());
    }

    void captions(EncodedPhoto of) throws IOException {
      for (EncodedCaption caption : of.captions()) {
        caption.padRight(row, 0, row.length);
        write();
      }
    }

    void wordsBefore(EncodedPhoto of) throws IOException {
      for (EncodedCaption caption : of.captions()) {
        for (int word = 1; word < caption.length(); word++) {
          caption.padLeft(word, row, 0, row.length);
          write();
        }
      }
    }

    void words(EncodedPhoto of) throws IOException {
      for (EncodedCaption caption : of.captions()) {
        for (int word = 1; word < caption.length(); word++) {
          write(caption.at(word), 1);
        }
      }
    }
  }
}
