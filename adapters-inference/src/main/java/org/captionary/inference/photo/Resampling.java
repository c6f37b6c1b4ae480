package org.captionary.inference.photo;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Resize;

/**
 * Pillow's {@code Image.resize} of 8-bit RGB by a filter ({@code ImagingResampleInner} in {@code
 * Resample.c} of Pillow 13): one axis is resized and rounded to bytes, then the other. Rows of the
 * source pass by one at a time: whole numbers may be summed in any order, so that no more is held
 * than the target and the few of its rows that are being summed.
 */
final class Resampling {

  /** Of a row, so many pixels are read at once. */
  private static final int STRETCH = 1 << 12;

  private final RgbSource source;
  private final RowResampling rows;
  private final ResampleAxis columns;
  private final boolean rowsFirst;
  private final byte[] sourceRow;
  private final byte[] rgb = new byte[Pixels.LENGTH];

  private Resampling(RgbSource source, ResampleFilter filter) {
    this.source = source;
    this.rows = new RowResampling(filter, source.width());
    this.columns = new ResampleAxis(filter, source.height(), Pixels.HEIGHT);
    this.rowsFirst = resizesRowsFirst(source.width(), source.height());
    this.sourceRow = new byte[source.width() * Pixels.CHANNELS];
  }

  /**
   * @param resize any but {@link Resize#NEAREST}
   */
  static Pixels resize(RgbSource source, Resize resize) {
    return new Resampling(source, ResampleFilter.of(resize)).run();
  }

  /** Pillow before 13 does always. */
  private static boolean resizesRowsFirst(int width, int height) {
    int lessHeight = height - Pixels.HEIGHT;
    return lessHeight <= 0 || lessHeight <= 2 * (width - Pixels.WIDTH);
  }

  /** A row of the target to which the rows of its window are being added. */
  private record OpenRow(int target, ResampleAxis.Window window, int[] sums) {

    void add(int y, byte[] row) {
      int weight = window.weights()[y - window.first()];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * (row[i] & 0xff);
      }
    }

    byte[] rounded() {
      byte[] row = new byte[sums.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (byte) ResampleAxis.toByte(sums[i]);
      }
      return row;
    }
  }

  private Pixels run() {
    Deque<OpenRow> open = new ArrayDeque<>();
    OpenRow next = open(0);
    for (int y = 0; y < source.height(); y++) {
      while (next != null && next.window.first() <= y) {
        open.add(next);
        next = next.target + 1 < Pixels.HEIGHT ? open(next.target + 1) : null;
      }
      if (!open.isEmpty()) {
        addRow(y, open);
      }
    }
    return new Pixels(rgb);
  }

  private OpenRow open(int target) {
    int[] sums = new int[rowsFirst ? Pixels.WIDTH * Pixels.CHANNELS : sourceRow.length];
    Arrays.fill(sums, ResampleAxis.HALF);
    return new OpenRow(target, columns.window(target), sums);
  }

  private void addRow(int y, Deque<OpenRow> open) {
    readRow(y);
    byte[] row = rowsFirst ? rows.resize(sourceRow) : sourceRow;
    for (Iterator<OpenRow> each = open.iterator(); each.hasNext(); ) {
      OpenRow target = each.next();
      target.add(y, row);
      if (y + 1 == target.window.end()) {
        close(target);
        each.remove();
      }
    }
  }

  private void readRow(int y) {
    for (int x = 0; x < source.width(); x += STRETCH) {
      int width = Math.min(STRETCH, source.width() - x);
      source.read(x, y, width, 1, sourceRow, x * Pixels.CHANNELS);
    }
  }

  private void close(OpenRow done) {
    byte[] row = rowsFirst ? done.rounded() : rows.resize(done.rounded());
    System.arraycopy(row, 0, rgb, done.target * row.length, row.length);
  }
}
