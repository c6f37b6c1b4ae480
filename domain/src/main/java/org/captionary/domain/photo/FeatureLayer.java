package org.captionary.domain.photo;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An output of a network that is kept as features. Two may have the same name: which one it means
 * is told by the {@link Network}.
 */
public enum FeatureLayer {
  /** VGG's last pooling: 7 x 7 x 512, channels last as Keras gives it. */
  BLOCK5_POOL("block5_pool", 7, 7, 512),
  /** The mean of {@link #BLOCK5_POOL} over its 49 places, Keras's {@code pooling="avg"}: 512. */
  AVG("avg", 512),
  /** VGG's first dense layer after ReLU: 4096. */
  FC1("fc1", 4096),
  /** VGG's second dense layer after ReLU: 4096. */
  FC2("fc2", 4096),
  /** ResNet50's last block: 7 x 7 x 2048, channels last. */
  CONV5_BLOCK3_OUT("conv5_block3_out", 7, 7, 2048),
  /** The mean of {@link #CONV5_BLOCK3_OUT} over its 49 places: 2048. */
  RESNET_AVG("avg", 2048);

  private final String id;
  private final List<Integer> shape;

  FeatureLayer(String id, Integer... shape) {
    this.id = id;
    this.shape = List.of(shape);
  }

  /** The name on the wire, Keras's layer name where it has one. */
  public String id() {
    return id;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** How many float32 values the layer has for one photo. */
  public int length() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  static Set<FeatureLayer> ofVgg() {
    return Collections.unmodifiableSet(EnumSet.range(BLOCK5_POOL, FC2));
  }

  static Set<FeatureLayer> ofResNet() {
    return Collections.unmodifiableSet(EnumSet.of(CONV5_BLOCK3_OUT, RESNET_AVG));
  }
}
