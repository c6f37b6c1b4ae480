package org.captionary.persistence.offender;

import org.captionary.inference.photo.PillowPhotoDecoder;

/**
 * Breaks two rules: an adapter that knows another, and that is public though no wiring names it.
 */
public final class KnowsInference {
  PillowPhotoDecoder decoder;
}
