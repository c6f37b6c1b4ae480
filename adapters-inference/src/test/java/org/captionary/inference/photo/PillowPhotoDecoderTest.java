package org.captionary.inference.photo;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_4BYTE_ABGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static java.awt.image.BufferedImage.TYPE_USHORT_565_RGB;
import static java.awt.image.BufferedImage.TYPE_USHORT_GRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoDecoderContract;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PillowPhotoDecoderTest extends PhotoDecoderContract {

  private final PillowPhotoDecoder decoder = new PillowPhotoDecoder();

  @Override
  protected PhotoDecoder decoder() {
    return decoder;
  }

  @Override
  protected byte[] photo(int seed) throws IOException {
    return encode(noise(TYPE_3BYTE_BGR, 300, 250, seed), "jpeg");
  }

  /** The odd sizes' steps are no fractions of 2, so that a sum of steps rounds its own way. */
  @ParameterizedTest
  @CsvSource({"224, 224", "500, 375", "1, 1", "3, 700", "1021, 769", "223, 225", "448, 112"})
  void takesTheNearestNeighbourOfEveryPixel(int width, int height) throws Exception {
    BufferedImage image = noise(TYPE_3BYTE_BGR, width, height, 1);
    BufferedImage expected = new BufferedImage(224, 224, TYPE_3BYTE_BGR);
    for (int y = 0; y < Pixels.HEIGHT; y++) {
      for (int x = 0; x < Pixels.WIDTH; x++) {
        // In whole numbers: the place whose pixel holds the middle of the target's pixel.
        int source = image.getRGB((2 * x + 1) * width / 448, (2 * y + 1) * height / 448);
        expected.setRGB(x, y, source);
      }
    }
    assertThat(decoder.decode(encode(image, "png"), Rendering.KERAS).rgb())
        .isEqualTo(rgbOf(expected));
  }

  @Test
  void repeatsGrey() throws Exception {
    BufferedImage image = noise(TYPE_BYTE_GRAY, 224, 224, 2);
    byte[] expected = new byte[Pixels.LENGTH];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) image.getRaster().getSample(i / 3 % 224, i / 3 / 224, 0);
    }
    assertThat(decoder.decode(encode(image, "png"), Rendering.KERAS).rgb()).isEqualTo(expected);
  }

  @Test
  void cutsSixteenBitGreyOffAt255AsPillowDoes() throws Exception {
    BufferedImage image = new BufferedImage(224, 224, TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 200);
    image.getRaster().setSample(1, 0, 0, 256);
    byte[] rgb = decoder.decode(encode(image, "png"), Rendering.KERAS).rgb();
    assertThat(rgbAt(rgb, 0, 0)).isEqualTo(0xc8c8c8);
    assertThat(rgbAt(rgb, 1, 0)).isEqualTo(0xffffff);
  }

  @Test
  void dropsAlphaAndDoesNotBlend() throws Exception {
    BufferedImage image = new BufferedImage(224, 224, TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0x80abcdef);
    byte[] rgb = decoder.decode(encode(image, "png"), Rendering.KERAS).rgb();
    assertThat(rgbAt(rgb, 0, 0)).isEqualTo(0x123456);
    assertThat(rgbAt(rgb, 1, 0)).isEqualTo(0xabcdef);
  }

  @ParameterizedTest
  @CsvSource({"png, 13", "png, 12", "gif, 13", "bmp, 13", "bmp, 12"})
  void looksUpPalettes(String format, int type) throws Exception {
    assertThat(type == TYPE_BYTE_INDEXED || type == TYPE_BYTE_BINARY).isTrue();
    BufferedImage image = noise(type, 224, 224, 3);
    assertThat(decoder.decode(encode(image, format), Rendering.KERAS).rgb())
        .isEqualTo(rgbOf(image));
  }

  @Test
  void showsThePalettesColourOfAClearPixel() throws Exception {
    byte[] red = {10, 20};
    byte[] green = {30, 40};
    byte[] blue = {50, 60};
    IndexColorModel palette = new IndexColorModel(1, 2, red, green, blue, 1);
    BufferedImage image = new BufferedImage(224, 224, TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    byte[] rgb = decoder.decode(encode(image, "png"), Rendering.KERAS).rgb();
    assertThat(rgbAt(rgb, 0, 0)).isEqualTo(0x0a1e32);
    assertThat(rgbAt(rgb, 1, 0)).isEqualTo(0x14283c);
  }

  @Test
  void standsASmallGifFrameOnItsScreen() throws Exception {
    byte[] gif = encode(noise(TYPE_BYTE_INDEXED, 100, 50, 4), "gif");
    gif[6] = (byte) 224; // the logical screen's size, little-endian
    gif[8] = (byte) 224;
    byte[] rgb = decoder.decode(gif, Rendering.KERAS).rgb();
    BufferedImage frame = noise(TYPE_BYTE_INDEXED, 100, 50, 4);
    int background = ((IndexColorModel) frame.getColorModel()).getRGB(0) & 0xffffff;
    assertThat(rgbAt(rgb, 99, 49)).isEqualTo(frame.getRGB(99, 49) & 0xffffff);
    assertThat(rgbAt(rgb, 100, 49)).isEqualTo(background);
    assertThat(rgbAt(rgb, 0, 50)).isEqualTo(background);
  }

  /** The JDK's reader passes over a code that cannot be; Pillow does not. */
  @Test
  void refusesAGifOfCodesWithoutMeaning() throws Exception {
    byte[] gif = encode(noise(TYPE_BYTE_INDEXED, 100, 50, 4), "gif");
    for (int at = gif.length / 2; at < gif.length / 2 + 40; at++) {
      gif[at] = -1;
    }
    assertRefused(gif, "damaged GIF file: a code without meaning");
  }

  @Test
  void readsBmpOf24And16Bits() throws Exception {
    BufferedImage image = noise(TYPE_INT_RGB, 224, 224, 5);
    assertThat(decoder.decode(encode(image, "bmp"), Rendering.KERAS).rgb()).isEqualTo(rgbOf(image));
    BufferedImage narrow = new BufferedImage(224, 224, TYPE_USHORT_565_RGB);
    narrow.getRaster().setPixel(0, 0, new int[] {31, 32, 1});
    assertThat(rgbAt(decoder.decode(encode(narrow, "bmp"), Rendering.KERAS).rgb(), 0, 0))
        .isEqualTo(0xff8108);
  }

  /** The JDK's own conversion of the same file, which agrees with libjpeg's for JFIF. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decodesJpegBitEqualToLibjpeg(boolean progressive) throws Exception {
    byte[] jpeg = jpeg(smooth(), progressive);
    BufferedImage reference = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(decoder.decode(jpeg, Rendering.KERAS).rgb()).isEqualTo(rgbOf(reference));
  }

  @Test
  void decodesGreyJpeg() throws Exception {
    BufferedImage image = new BufferedImage(224, 224, TYPE_BYTE_GRAY);
    byte[] samples = new byte[224 * 224];
    Arrays.fill(samples, (byte) 200);
    image.getRaster().setDataElements(0, 0, 224, 224, samples);
    byte[] rgb = decoder.decode(encode(image, "jpeg"), Rendering.KERAS).rgb();
    byte[] expected = new byte[Pixels.LENGTH];
    Arrays.fill(expected, (byte) 200);
    assertThat(rgb).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void refusesATruncatedFile(String format) throws Exception {
    byte[] whole = encode(noise(TYPE_BYTE_INDEXED, 90, 80, 6), format);
    decoder.decode(whole, Rendering.KERAS);
    for (int length : new int[] {whole.length / 8, whole.length / 2, whole.length - 700}) {
      assertRefused(Arrays.copyOf(whole, length), "truncated " + format.toUpperCase());
    }
  }

  @Test
  void refusesAJpegWithoutItsEnd() throws Exception {
    byte[] whole = photo(1);
    assertRefused(Arrays.copyOf(whole, whole.length - 2), "truncated JPEG file");
  }

  @Test
  void countsScansUpToTheEndOfThePicture() throws Exception {
    byte[] whole = photo(1);
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 1, 63, 0};
    byte[] behind = Arrays.copyOf(whole, whole.length + 600 * scan.length);
    byte[] within = behind.clone();
    for (int i = 0; i < 600; i++) {
      System.arraycopy(scan, 0, behind, whole.length + i * scan.length, scan.length);
      System.arraycopy(scan, 0, within, whole.length - 2 + i * scan.length, scan.length);
    }
    assertThat(decoder.decode(behind, Rendering.KERAS))
        .isEqualTo(decoder.decode(whole, Rendering.KERAS));
    assertRefused(within, "damaged JPEG file: more than 500 scans");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertRefused(new byte[0], "empty file");
    assertRefused(
        new byte[] {1, 2, 3}, "not an image format that can be read (JPEG, PNG, GIF, BMP)");
    byte[] noHuffmanTables = photo(1);
    for (int i = 20; i < noHuffmanTables.length - 2; i++) {
      noHuffmanTables[i] = 0;
    }
    assertRefused(noHuffmanTables, "JPEG file");
  }

  @Test
  void refusesTooManyBytes() throws Exception {
    byte[] file = photo(1);
    new PillowPhotoDecoder(file.length, 1 << 20).decode(file, Rendering.KERAS);
    assertRefused(
        new PillowPhotoDecoder(file.length - 1, 1 << 20),
        file,
        file.length + " bytes, more than the " + (file.length - 1) + " allowed");
  }

  /** Headers of pictures that would take gigabytes, with next to nothing behind them. */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void refusesTooManyPixelsByTheHeaderAlone(String format) throws Exception {
    byte[] file = encode(noise(TYPE_BYTE_INDEXED, 60, 50, 7), format);
    assertRefused(
        new PillowPhotoDecoder(1 << 20, 2999), file, "60 x 50 pixels, more than the 2999 allowed");
    ByteBuffer bomb = ByteBuffer.wrap(file);
    switch (format) {
      case "jpeg" -> bomb.putInt(frameSize(file), 0xFFDCFFDC);
      case "png" -> bomb.putInt(16, 1 << 20).putInt(20, 1 << 20).putInt(29, sum(file, 12, 29));
      case "gif" -> bomb.putInt(6, -1);
      default -> bomb.putInt(18, 0x204E0000).putInt(22, 0x204E0000);
    }
    assertRefused(file, "pixels, more than the 40000000 allowed");
  }

  private static int sum(byte[] bytes, int from, int end) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, end - from);
    return (int) sum.getValue();
  }

  @Test
  void refusesSenselessLimits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PillowPhotoDecoder(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new PillowPhotoDecoder(1, 0));
  }

  /** Whatever bytes come, there are pixels or a refusal, and never another exception. */
  @Test
  void survivesDamage() throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    PhotoDecoder small = new PillowPhotoDecoder(1 << 20, 1 << 18);
    for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
      byte[] whole = encode(noise(TYPE_BYTE_INDEXED, 40, 30, 8), format);
      int refused = 0;
      for (int i = 0; i < 300; i++) {
        byte[] damaged = whole.clone();
        for (int k = 0; k < 4; k++) {
          damaged[random.nextInt(4, Math.min(400, whole.length))] = (byte) random.nextInt();
        }
        refused += isRefused(small, damaged) ? 1 : 0;
      }
      assertThat(refused).as(format).isPositive();
    }
  }

  private static boolean isRefused(PhotoDecoder decoder, byte[] file) {
    try {
      return decoder.decode(file, Rendering.KERAS) == null;
    } catch (UnreadablePhotoException e) {
      return true;
    }
  }

  private void assertRefused(byte[] file, String reason) {
    assertRefused(decoder, file, reason);
  }

  private static void assertRefused(PhotoDecoder decoder, byte[] file, String reason) {
    assertThatExceptionOfType(UnreadablePhotoException.class)
        .isThrownBy(() -> decoder.decode(file, Rendering.KERAS))
        .withMessageContaining(reason);
  }

  /** Where height and width stand in a baseline JPEG's frame header. */
  private static int frameSize(byte[] jpeg) {
    for (int i = 2; i < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xFF && (jpeg[i + 1] & 0xff) == 0xC0) {
        return i + 5;
      }
    }
    throw new AssertionError("no frame");
  }

  private static int rgbAt(byte[] rgb, int x, int y) {
    int at = 3 * (y * Pixels.WIDTH + x);
    return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
  }

  private static byte[] rgbOf(BufferedImage image) {
    byte[] rgb = new byte[Pixels.LENGTH];
    for (int i = 0; i < rgb.length; i++) {
      int at = i / 3;
      rgb[i] = (byte) (image.getRGB(at % 224, at / 224) >> (16 - 8 * (i % 3)));
    }
    return rgb;
  }

  private static BufferedImage noise(int type, int width, int height, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xff000000 | random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static BufferedImage smooth() {
    BufferedImage image = new BufferedImage(224, 224, TYPE_3BYTE_BGR);
    for (int y = 0; y < 224; y++) {
      for (int x = 0; x < 224; x++) {
        image.setRGB(x, y, x << 16 | y << 8 | (x * y >> 8));
      }
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
