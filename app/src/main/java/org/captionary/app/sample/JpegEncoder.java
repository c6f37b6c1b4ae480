package org.captionary.app.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pixels as JPEG at a fixed quality, in memory: ImageIO's own cache would use a file. */
final class JpegEncoder {

  private static final float QUALITY = 0.9f;

  private JpegEncoder() {}

  /**
   * The bytes of a JPEG file.
   *
   * @param pixels {@code 0xRRGGBB}, row by row, {@code width * height} of them
   */
  static byte[] encode(int[] pixels, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try {
      return write(writer, image);
    } finally {
      writer.dispose();
    }
  }

  private static byte[] write(ImageWriter writer, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), fixedQuality(writer));
    }
    return bytes.toByteArray();
  }

  private static ImageWriteParam fixedQuality(ImageWriter writer) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(QUALITY);
    return parameters;
  }
}
