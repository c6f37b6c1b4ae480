package org.captionary.inference.network;

/** Why a file cannot serve as weights: names the file and what is wrong with it, in one line. */
public final class UnusableWeightsException extends RuntimeException {

  UnusableWeightsException(String message) {
    super(message);
  }

  UnusableWeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
