package org.captionary.inference.vgg16;

import org.captionary.domain.photo.ContentHash;

/** Where VGG16's weights come from, and what they are known by. */
interface Vgg16Weights extends LayerValues {

  /** What the weights are called: {@code untrained}, {@code imagenet} or a file's name. */
  String name();

  /** The {@link WeightsHash} of these weights, known without reading them. */
  ContentHash sha256();
}
