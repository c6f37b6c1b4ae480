package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  private static final byte[] NO_XMP = new byte[0];

  /** What {@code ImageOps.exif_transpose} of Pillow 13.0.0 makes of the rows abc and def. */
  @ParameterizedTest
  @CsvSource({
    "0, abc def", "1, abc def", "2, cba fed", "3, fed cba", "4, def abc",
    "5, ad be cf", "6, da eb fc", "7, fc eb da", "8, cf be ad", "9, abc def"
  })
  void turnsAsPillowDoes(int exif, String rows) {
    RgbSource turned = Orientation.of(exif).turn(new Letters("abc", "def"));

    assertThat(text(turned)).isEqualTo(rows);
  }

  /** Any part of the picture, not only the whole. */
  @ParameterizedTest
  @CsvSource({"1, f", "2, d", "3, a", "4, c", "5, f", "6, c", "7, a", "8, d"})
  void readsAPart(int exif, String corner) {
    RgbSource turned = Orientation.of(exif).turn(new Letters("abc", "def"));
    byte[] rgb = new byte[3];
    turned.read(turned.width() - 1, turned.height() - 1, 1, 1, rgb, 0);

    assertThat((char) rgb[0]).isEqualTo(corner.charAt(0));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 3, 6, 6",
    "false, 3, 6, 6",
    "true, 4, 8, 8",
    "false, 8, 3, 3",
    "true, 9, 5, 5",
    "true, 1, 6, 1",
    "true, 77, 6, 1",
    "true, 3, 11, 1"
  })
  void readsExif(boolean littleEndian, int type, int value, int expected) {
    byte[] exif = exif(littleEndian, type, value);

    assertThat(new PhotoMetadata(exif, NO_XMP).orientation()).isEqualTo(Orientation.of(expected));
  }

  @Test
  void prefersExifToXmp() {
    byte[] xmp = "<x tiff:Orientation=\"3\"/>".getBytes(ISO_8859_1);
    byte[] element = "<tiff:Orientation>8</tiff:Orientation>".getBytes(ISO_8859_1);

    assertThat(new PhotoMetadata(exif(true, 3, 6), xmp).orientation()).isEqualTo(Orientation.of(6));
    assertThat(new PhotoMetadata(NO_XMP, xmp).orientation()).isEqualTo(Orientation.of(3));
    assertThat(new PhotoMetadata(NO_XMP, element).orientation()).isEqualTo(Orientation.of(8));
  }

  /** Cut short at every place, or anything else: nothing is turned, and nothing thrown. */
  @Test
  void turnsNothingByExifThatIsDamaged() {
    byte[] whole = exif(true, 3, 6);
    for (int length = 0; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(new PhotoMetadata(cut, NO_XMP).orientation()).isEqualTo(Orientation.UPRIGHT);
    }
    byte[] far = exif(true, 3, 6);
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -2);
    assertThat(new PhotoMetadata(far, NO_XMP).orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  /** A TIFF header, one entry, and the end of the directory. */
  private static byte[] exif(boolean littleEndian, int type, int value) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put((littleEndian ? "II*\0" : "MM\0*").getBytes(ISO_8859_1)).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) type).putInt(1);
    if (type == 3 || type == 8) {
      tiff.putShort((short) value).putShort((short) 0);
    } else {
      tiff.putInt(value);
    }
    return tiff.array();
  }

  private static String text(RgbSource source) {
    byte[] rgb = new byte[3 * source.width() * source.height()];
    source.read(0, 0, source.width(), source.height(), rgb, 0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rgb.length / 3; i++) {
      text.append(i > 0 && i % source.width() == 0 ? " " : "").append((char) rgb[3 * i]);
    }
    return text.toString();
  }

  /** Letters for reds. */
  private record Letters(String... rows) implements RgbSource {

    @Override
    public int width() {
      return rows[0].length();
    }

    @Override
    public int height() {
      return rows.length;
    }

    @Override
    public void read(int x, int y, int width, int height, byte[] rgb, int offset) {
      for (int i = 0; i < width * height; i++) {
        rgb[offset + 3 * i] = (byte) rows[y + i / width].charAt(x + i % width);
      }
    }
  }
}
