package org.captionary.domain.photo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An output of VGG16 (Simonyan and Zisserman 2015, configuration D) that is kept as features. */
public enum FeatureLayer {
  /** The last pooling: 7 x 7 x 512, channels last as Keras gives it. */
  BLOCK5_POOL("block5_pool", 7, 7, 512),
  /** The mean of {@link #BLOCK5_POOL} over its 49 places, Keras's {@code pooling="avg"}: 512. */
  AVG("avg", 512),
  /** The first dense layer after ReLU: 4096. */
  FC1("fc1", 4096),
  /** The second dense layer after ReLU: 4096. */
  FC2("fc2", 4096);

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

  public static Optional<FeatureLayer> byId(String id) {
    return Arrays.stream(values()).filter(layer -> layer.id.equals(id)).findFirst();
  }
}
