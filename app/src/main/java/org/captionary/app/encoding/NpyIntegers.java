package org.captionary.app.encoding;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.captionary.domain.InvalidInputException;

/**
 * Reads rows of whole numbers from an .npz: one array of one dimension (a single row) or two, in C
 * order, of signed or unsigned integers of 1, 2, 4 or 8 bytes and either byte order. No more of it
 * is unpacked than the bounds allow, {@value #MOST_NUMBERS} numbers in all among them, whatever its
 * head says.
 */
public final class NpyIntegers {

  private static final String ALLOWED =
      "an .npz with one array of whole numbers in C order, of one or two dimensions";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEAD = 1 << 16;

  /** In all rows: 32 MB as they are given. */
  static final int MOST_NUMBERS = 1 << 22;

  private static final Pattern DESCR = Pattern.compile("'descr': *'([<>|=])([iu])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *False");
  private static final Pattern SHAPE =
      Pattern.compile("'shape': *\\( *(\\d{1,9})L? *(?:, *(?:(\\d{1,9})L? *,? *)?)?\\)");

  private NpyIntegers() {}

  /**
   * The rows of the only array.
   *
   * @param field named in complaints
   * @param maxRows at most so many rows
   * @param maxColumns of at most so many numbers
   * @throws InvalidInputException if it is anything else
   */
  public static List<long[]> rows(InputStream npz, String field, int maxRows, int maxColumns)
      throws IOException {
    try (ZipInputStream zip = new ZipInputStream(npz)) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        throw new InvalidInputException(field, "no .npz", ALLOWED);
      }
      List<long[]> rows = new Reading(field, maxRows, maxColumns).rows(new DataInputStream(zip));
      if (zip.getNextEntry() != null) {
        throw new InvalidInputException(field, "several arrays", ALLOWED);
      }
      return rows;
    } catch (EOFException e) {
      throw new InvalidInputException(field, "an array that ends too soon", ALLOWED);
    } catch (ZipException e) {
      throw new InvalidInputException(field, "no .npz", ALLOWED);
    }
  }

  private record Reading(String field, int maxRows, int maxColumns) {

    List<long[]> rows(DataInputStream in) throws IOException {
      String head = head(in);
      Matcher type = found(DESCR, head);
      found(ORDER, head);
      Matcher shape = found(SHAPE, head);
      boolean single = shape.group(2) == null;
      int count = single ? 1 : bounded(shape.group(1), maxRows, "rows");
      int columns = bounded(shape.group(single ? 1 : 2), maxColumns, "numbers a row");
      bounded(String.valueOf((long) count * columns), MOST_NUMBERS, "numbers");
      long[][] rows = new long[count][];
      for (int row = 0; row < count; row++) {
        rows[row] = row(in, type, columns);
      }
      return Arrays.asList(rows);
    }

    private String head(DataInputStream in) throws IOException {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      int version = in.readUnsignedByte();
      in.readUnsignedByte();
      if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
        throw new InvalidInputException(field, "no .npy inside", ALLOWED);
      }
      int length =
          version == 1
              ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
              : Integer.reverseBytes(in.readInt());
      if (length < 0 || length > MOST_HEAD) {
        throw new InvalidInputException(field, "an .npy with a head of its own", ALLOWED);
      }
      byte[] head = new byte[length];
      in.readFully(head);
      return new String(head, StandardCharsets.ISO_8859_1);
    }

    private Matcher found(Pattern pattern, String head) {
      Matcher matcher = pattern.matcher(head);
      if (!matcher.find()) {
        throw new InvalidInputException(field, head.strip(), ALLOWED);
      }
      return matcher;
    }

    private int bounded(String number, int most, String what) {
      long value = Long.parseLong(number);
      if (value > most) {
        throw new InvalidInputException(field, value + " " + what, "at most " + most + " " + what);
      }
      return (int) value;
    }

    private static long[] row(DataInputStream in, Matcher type, int columns) throws IOException {
      int width = Integer.parseInt(type.group(3));
      byte[] bytes = new byte[columns * width];
      in.readFully(bytes);
      ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
      boolean unsigned = type.group(2).equals("u");
      long[] row = new long[columns];
      for (int column = 0; column < columns; column++) {
        row[column] = number(buffer, width, unsigned);
      }
      return row;
    }

    /** A uint64 beyond a long comes as a negative number: no word's index either way. */
    private static long number(ByteBuffer buffer, int width, boolean unsigned) {
      long value =
          switch (width) {
            case 1 -> buffer.get();
            case 2 -> buffer.getShort();
            case 4 -> buffer.getInt();
            default -> buffer.getLong();
          };
      return unsigned && width < Long.BYTES ? value & (1L << width * Byte.SIZE) - 1 : value;
    }
  }
}
