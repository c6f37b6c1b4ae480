package org.captionary.inference.download;

/** Why a file could not be had, and how to place it by hand, in one line. */
public final class DownloadException extends Exception {

  DownloadException(String message) {
    super(message);
  }
}
