package org.captionary.domain.photo;

/** Port: turns the bytes of a photo file into pixels. */
public interface PhotoDecoder {

  /**
   * Decodes as Keras's {@code load_img(path, target_size=(224, 224))} does through Pillow: to RGB,
   * turned and resized as the rendering says, the aspect ratio not kept.
   *
   * <p>Whether a file can be read does not depend on the rendering: EXIF that cannot be understood
   * turns nothing.
   *
   * @param file the whole file
   * @throws UnreadablePhotoException if these bytes are no photo that can be shown; any other
   *     exception is a fault of the machine or of the decoder, see {@link FailSafeDecoder}
   */
  Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException;
}
