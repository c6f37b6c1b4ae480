package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands beside the pixels of a file on how to turn them.
 *
 * @param exif a TIFF file of tags, of no bytes if there is none
 * @param xmp a document of XML, of no bytes if there is none
 */
record PhotoMetadata(byte[] exif, byte[] xmp) {

  static final PhotoMetadata NONE = new PhotoMetadata(new byte[0], new byte[0]);

  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  PhotoMetadata withExif(byte[] given) {
    return new PhotoMetadata(given, xmp);
  }

  PhotoMetadata withXmp(byte[] given) {
    return new PhotoMetadata(exif, given);
  }

  /**
   * The orientation by Pillow's {@code Image.getexif}: that of EXIF, else that of XMP. Where Pillow
   * fails at EXIF that is no TIFF, nothing is turned.
   */
  Orientation orientation() {
    if (exif.length > 0) {
      ExifDirectory directory = ExifDirectory.of(exif);
      if (!directory.isReadable()) {
        return Orientation.UPRIGHT;
      }
      OptionalInt value = directory.orientation();
      if (value.isPresent()) {
        return Orientation.of(value.getAsInt());
      }
    }
    Matcher matcher = XMP_ORIENTATION.matcher(new String(xmp, ISO_8859_1));
    return matcher.find()
        ? Orientation.of(Integer.parseInt(matcher.group(1)))
        : Orientation.UPRIGHT;
  }
}
