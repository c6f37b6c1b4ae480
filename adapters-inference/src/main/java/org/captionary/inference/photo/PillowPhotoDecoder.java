package org.captionary.inference.photo;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Decodes JPEG, PNG, GIF and BMP with the JDK's readers and gives the bytes that Keras's {@code
 * load_img(path, target_size=(224, 224))} gives through Pillow: {@code convert("RGB")}, then {@code
 * resize((224, 224), filter)}; between them {@code ImageOps.exif_transpose} if the rendering asks
 * for it. Colour profiles are left alone, as Pillow does.
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

  /** Some ten are usual. Each costs time for the whole picture, and takes next to no bytes. */
  private static final int MOST_SCANS = 500;

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
  public Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    if (file.length == 0) {
      throw new UnreadablePhotoException("empty file");
    }
    if (file.length > maxBytes) {
      throw new UnreadablePhotoException(
          "%d bytes, more than the %d allowed".formatted(file.length, maxBytes));
    }
    Optional<ImageFormat> format = ImageFormat.of(file);
    return switch (format.orElseThrow(() -> unknownFormat(file))) {
      case JPEG -> decodeJpeg(file, rendering);
      case PNG -> decodePng(file, rendering);
      case GIF -> decode(ImageFormat.GIF, stream(file), reader -> readGif(reader, file), rendering);
      case BMP -> decodeBmp(file, rendering);
    };
  }

  private Pixels decodeJpeg(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    if (JpegSegments.scans(file) > MOST_SCANS) {
      throw new UnreadablePhotoException("damaged JPEG file: more than " + MOST_SCANS + " scans");
    }
    JpegHeader header = JpegHeader.parse(file);
    Orientation orientation = orientation(rendering, () -> JpegMetadata.of(file));
    return decode(
        ImageFormat.JPEG,
        stream(file),
        reader -> orientation.turn(JpegRgb.of(reader.readRaster(0, null), header)),
        rendering);
  }

  private Pixels decodePng(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    PngFile png = PngFile.of(file);
    Orientation orientation = orientation(rendering, png::metadata);
    // Pillow cuts grey without an alpha channel off at 255, even where it is 16 bits wide.
    boolean plainGrey = png.isGrey();
    return decode(
        ImageFormat.PNG,
        png.forPixels(),
        reader -> orientation.turn(readImage(reader, plainGrey)),
        rendering);
  }

  private Pixels decodeBmp(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    BmpHeader.check(file);
    return decode(
        ImageFormat.BMP,
        stream(BmpHeader.withAnyLength(file)),
        reader -> readImage(reader, false),
        rendering);
  }

  private static EndNotingStream stream(byte[] file) {
    return new EndNotingStream(file, file.length, false);
  }

  private static Orientation orientation(Rendering rendering, Supplier<PhotoMetadata> metadata) {
    return rendering.exifOrientation() ? metadata.get().orientation() : Orientation.UPRIGHT;
  }

  /** Takes the picture out of a reader whose input is set. */
  private interface PictureReader {
    RgbSource read(ImageReader reader) throws IOException, UnreadablePhotoException;
  }

  private Pixels decode(
      ImageFormat format, EndNotingStream stream, PictureReader picture, Rendering rendering)
      throws UnreadablePhotoException {
    ImageReader reader = jdkReader(format);
    try {
      reader.setInput(stream, false, format != ImageFormat.GIF);
      checkPixels(reader.getWidth(0), reader.getHeight(0));
      RgbSource source = picture.read(reader);
      if (stream.endNoted() && format.endMeansTruncated()) {
        throw truncated(format, null);
      }
      return resize(source, rendering.resize());
    } catch (EOFException e) {
      throw truncated(format, e);
    } catch (IOException | RuntimeException e) {
      // The readers throw what they like on damaged files, unchecked exceptions included.
      throw stream.endNoted() ? truncated(format, e) : damaged(format, e);
    } finally {
      reader.dispose();
    }
  }

  private static Pixels resize(RgbSource source, Resize resize) {
    return resize == Resize.NEAREST
        ? NearestNeighbour.resize(source)
        : Resampling.resize(source, resize);
  }

  private static RgbSource readImage(ImageReader reader, boolean cutsWideGrey) throws IOException {
    BufferedImage image = reader.read(0);
    return RasterRgb.of(image.getColorModel(), image.getRaster(), cutsWideGrey);
  }

  private RgbSource readGif(ImageReader reader, byte[] file)
      throws IOException, UnreadablePhotoException {
    GifScreen screen = GifScreen.of(reader);
    checkPixels(screen.width(), screen.height());
    GifCodes.check(file);
    return screen.show(reader.read(0));
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
    throw new ServiceConfigurationError("this Java runtime has no reader for " + format);
  }

  private static UnreadablePhotoException unknownFormat(byte[] file) {
    String readable =
        Arrays.stream(ImageFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
    return new UnreadablePhotoException(
        ForeignFormat.of(file)
            .map(format -> "%s, which is not read (%s are)".formatted(format, readable))
            .orElse("not an image format that can be read (%s)".formatted(readable)));
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
