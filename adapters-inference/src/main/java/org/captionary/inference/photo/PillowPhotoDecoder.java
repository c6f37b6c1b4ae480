package org.captionary.inference.photo;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Decodes JPEG, PNG, GIF and BMP with the JDK's readers and gives the bytes that Keras's {@code
 * load_img(path, target_size=(224, 224))} gives through Pillow: {@code convert("RGB")}, then {@code
 * resize((224, 224), NEAREST)}. EXIF rotation and colour profiles are left alone, as Pillow does.
 *
 * <p>Refused, each with a reason fit for users: what is empty, too large, in another format, cut
 * short or damaged. Sizes are read from the header and checked before any pixel is decoded. Safe to
 * call from several threads.
 */
public final class PillowPhotoDecoder implements PhotoDecoder {

  /** 64 MiB. */
  public static final long DEFAULT_MAX_BYTES = 64L << 20;

  /** 40 million, at most 320 MB while decoding (16-bit PNG with alpha). */
  public static final long DEFAULT_MAX_PIXELS = 40_000_000;

  /** Where the first chunk of a PNG, IHDR, says of what kind its samples are; 0 is grey. */
  private static final int PNG_COLOR_TYPE = 25;

  static {
    // The readers touch AWT's colour classes; a server has no display to look for.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final long maxBytes;
  private final long maxPixels;

  public PillowPhotoDecoder() {
    this(DEFAULT_MAX_BYTES, DEFAULT_MAX_PIXELS);
  }

  /**
   * @param maxBytes of the encoded file, at least 1
   * @param maxPixels width times height by the file's header, at least 1
   */
  public PillowPhotoDecoder(long maxBytes, long maxPixels) {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "maxBytes and maxPixels are at least 1: %d, %d".formatted(maxBytes, maxPixels));
    }
    this.maxBytes = maxBytes;
    this.maxPixels = maxPixels;
  }

  @Override
  public Pixels decode(byte[] file) throws UnreadablePhotoException {
    if (file.length == 0) {
      throw new UnreadablePhotoException("empty file");
    }
    if (file.length > maxBytes) {
      throw new UnreadablePhotoException(
          "%d bytes, more than the %d allowed".formatted(file.length, maxBytes));
    }
    return decode(file, ImageFormat.of(file).orElseThrow(PillowPhotoDecoder::unknownFormat));
  }

  private Pixels decode(byte[] file, ImageFormat format) throws UnreadablePhotoException {
    EndNotingStream stream = new EndNotingStream(file);
    ImageReader reader = jdkReader(format);
    try {
      reader.setInput(stream, false, format != ImageFormat.GIF);
      checkPixels(reader.getWidth(0), reader.getHeight(0));
      RgbSource source = read(reader, format, file);
      if (stream.endNoted() && format.endMeansTruncated()) {
        throw truncated(format, null);
      }
      return NearestNeighbour.resize(source);
    } catch (EOFException e) {
      throw truncated(format, e);
    } catch (IOException | RuntimeException e) {
      // The readers throw what they like on damaged files, unchecked exceptions included.
      throw stream.endNoted() ? truncated(format, e) : damaged(format, e);
    } finally {
      reader.dispose();
    }
  }

  private RgbSource read(ImageReader reader, ImageFormat format, byte[] file)
      throws IOException, UnreadablePhotoException {
    return switch (format) {
      case JPEG -> JpegRgb.of(reader.readRaster(0, null), JpegHeader.parse(file));
      case GIF -> readGif(reader);
      case PNG, BMP -> {
        BufferedImage image = reader.read(0);
        yield RasterRgb.of(image.getColorModel(), image.getRaster(), isPlainGrey(format, file));
      }
    };
  }

  private RgbSource readGif(ImageReader reader) throws IOException, UnreadablePhotoException {
    GifScreen screen = GifScreen.of(reader);
    checkPixels(screen.width(), screen.height());
    return screen.show(reader.read(0));
  }

  /** Pillow cuts PNG's grey without an alpha channel off at 255, even where it is 16 bits wide. */
  private static boolean isPlainGrey(ImageFormat format, byte[] file) {
    return format == ImageFormat.PNG && file[PNG_COLOR_TYPE] == 0;
  }

  private void checkPixels(int width, int height) throws UnreadablePhotoException {
    if ((long) width * height > maxPixels) {
      throw new UnreadablePhotoException(
          "%d x %d pixels, more than the %d allowed".formatted(width, height, maxPixels));
    }
  }

  /** The JDK's own reader, whatever plug-ins stand beside it on the class path. */
  private static ImageReader jdkReader(ImageFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java runtime has no reader for " + format);
  }

  private static UnreadablePhotoException unknownFormat() {
    return new UnreadablePhotoException(
        "not an image format that can be read (%s)"
            .formatted(
                String.join(
                    ", ", List.of(ImageFormat.values()).stream().map(Enum::name).toList())));
  }

  private static UnreadablePhotoException truncated(ImageFormat format, Exception cause) {
    return new UnreadablePhotoException("truncated " + format + " file", cause);
  }

  private static UnreadablePhotoException damaged(ImageFormat format, Exception cause) {
    String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new UnreadablePhotoException(
        String.format(Locale.ROOT, "damaged %s file%s", format, detail), cause);
  }
}
