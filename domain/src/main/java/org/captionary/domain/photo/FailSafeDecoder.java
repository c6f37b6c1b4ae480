package org.captionary.domain.photo;

/**
 * Takes a failure of a decoder over one photo for that photo's fault, so that no file stops a job:
 * unchecked exceptions, and the ends of stack and heap. Other errors, as of classes or libraries
 * that are missing, pass: they would befall every photo.
 */
public final class FailSafeDecoder implements PhotoDecoder {

  private final PhotoDecoder decoder;
  private final Object secondTry = new Object();

  public FailSafeDecoder(PhotoDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    try {
      return decodeTwice(file, rendering);
    } catch (RuntimeException e) {
      throw new UnreadablePhotoException("the decoder fails on it: " + e, e);
    } catch (StackOverflowError e) {
      throw new UnreadablePhotoException("decoding it needs a deeper stack than there is", e);
    } catch (OutOfMemoryError e) {
      throw new UnreadablePhotoException("decoding it needs more memory than there is", e);
    }
  }

  /** Other photos may have had the memory, so there is a second try, one photo at a time. */
  private Pixels decodeTwice(byte[] file, Rendering rendering) throws UnreadablePhotoException {
    try {
      return decoder.decode(file, rendering);
    } catch (OutOfMemoryError e) {
      synchronized (secondTry) {
        return decoder.decode(file, rendering);
      }
    }
  }
}
