package org.captionary.domain.photo;

/** Port: turns the bytes of a photo file into pixels. */
public interface PhotoDecoder {

  /**
   * Decodes as Keras's {@code load_img(path, target_size=(224, 224))} does through Pillow: to RGB,
   * without EXIF rotation, resized to the nearest neighbour, the aspect ratio not kept.
   *
   * @param file the whole file
   * @throws UnreadablePhotoException if these bytes are no photo that can be shown; any other
   *     exception is a fault of the machine, not of the photo
   */
  Pixels decode(byte[] file) throws UnreadablePhotoException;
}
