package org.captionary.domain.photo;

/**
 * An extractor that this node has by its settings cannot be used here now, as when its weights'
 * file was taken away or changed since the start. Another node's may well be.
 */
public final class UnavailableExtractorException extends IllegalStateException {

  public UnavailableExtractorException(String message, Throwable cause) {
    super(message, cause);
  }
}
