package org.captionary.domain.photo;

/**
 * How a photo's pixels are made from its file. Pixels and features of two renderings never mix.
 *
 * @param exifOrientation whether the photo is first turned as its EXIF says, as {@code
 *     PIL.ImageOps.exif_transpose} does; Keras does not
 */
public record Rendering(Resize resize, boolean exifOrientation) {

  /** What Keras's {@code load_img} does by default. */
  public static final Rendering KERAS = new Rendering(Resize.NEAREST, false);

  /** A short name, different for each: {@code nearest}, or {@code nearest+exif}. */
  public String id() {
    return exifOrientation ? resize.id() + "+exif" : resize.id();
  }
}
