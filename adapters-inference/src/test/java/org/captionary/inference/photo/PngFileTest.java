package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.UnreadablePhotoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngFileTest {

  private static final int BEHIND_HEADER = 33;
  private static final String EXIF = "49492a0008000000010012010300010000000600000000000000";
  private static final Orientation RIGHT = Orientation.of(6);

  @Test
  void findsTheOrientationWhereverPillowDoes() throws Exception {
    String xmp = "XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation=\"6\"/>";
    String raw = "\nexif\n      26\n" + EXIF.substring(0, 30) + "\n" + EXIF.substring(30) + "\n";

    assertThat(orientation("eXIf", HexFormat.of().parseHex(EXIF))).isEqualTo(RIGHT);
    assertThat(orientation("iTXt", latin1(xmp))).isEqualTo(RIGHT);
    assertThat(orientation("tEXt", latin1("Raw profile type exif\0" + raw))).isEqualTo(RIGHT);
    assertThat(orientation("zTXt", packed("Raw profile type exif\0\0", latin1(raw))))
        .isEqualTo(RIGHT);
    assertThat(orientation("tEXt", latin1("Comment\0" + xmp))).isEqualTo(Orientation.UPRIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "zTXt, 1048577, unpacks to more than 1048576 bytes",
    "iCCP, 1048577, unpacks to more than 1048576 bytes",
    "gAMA, 0, too short",
  })
  void refusesWhatPillowRefuses(String name, int zeros, String reason) throws Exception {
    byte[] data = zeros == 0 ? new byte[1] : packed("a\0\0", new byte[zeros]);

    assertThatExceptionOfType(UnreadablePhotoException.class)
        .isThrownBy(() -> PngFile.of(with(BEHIND_HEADER, name, data)))
        .withMessage("damaged PNG file: chunk %s: %s", name, reason);
  }

  /** With a palette the JDK's reader looks into each chunk, and fails at this one. */
  @Test
  void readsPastChunksThatDecideNoPixel() throws Exception {
    byte[] plain = png();
    byte[] odd = with(BEHIND_HEADER, "tIME", new byte[1]);

    PillowPhotoDecoder decoder = new PillowPhotoDecoder();
    assertThat(decoder.decode(odd, Rendering.KERAS))
        .isEqualTo(decoder.decode(plain, Rendering.KERAS));
  }

  private static Orientation orientation(String name, byte[] data) throws Exception {
    byte[] before = with(BEHIND_HEADER, name, data);
    byte[] behind = with(png().length - 12, name, data);
    Orientation found = PngFile.of(before).metadata().orientation();
    assertThat(PngFile.of(behind).metadata().orientation()).isEqualTo(found);
    return found;
  }

  private static byte[] with(int at, String name, byte[] data) throws IOException {
    byte[] whole = png();
    CRC32 sum = new CRC32();
    sum.update(latin1(name));
    sum.update(data);
    ByteBuffer made = ByteBuffer.allocate(whole.length + 12 + data.length).put(whole, 0, at);
    made.putInt(data.length).put(latin1(name)).put(data).putInt((int) sum.getValue());
    return made.put(whole, at, whole.length - at).array();
  }

  private static byte[] packed(String head, byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    ByteBuffer made = ByteBuffer.allocate(head.length() + length);
    return made.put(latin1(head)).put(packed, 0, length).array();
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(3, 4, 0xffcc9933);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
