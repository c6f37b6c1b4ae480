package org.captionary.inference.vgg16;

import java.util.List;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;
import org.nd4j.linalg.factory.Nd4j;

/**
 * deeplearning4j-zoo's VGG16 on ND4J. Its convolutions take about 0.7 GiB, its dense layers another
 * 0.5 GiB. Two threads in one graph crash the process.
 */
final class Dl4jEngine implements Engine {

  /** Faster by a fifth than one photo at a time. */
  static final int PHOTOS = 8;

  private final int photos;
  private final Vgg16Weights weights;
  private final LoadedGraph convolutions;
  private LoadedGraph dense;

  Dl4jEngine(Vgg16Weights weights, EngineSettings settings) {
    this(PHOTOS, weights, settings);
  }

  Dl4jEngine(int photos, Vgg16Weights weights, EngineSettings settings) {
    NativeEngine.ready(settings);
    this.photos = photos;
    this.weights = weights;
    this.convolutions =
        new LoadedGraph(ZooGraphs.convolutions(), WeightedLayer.convolutions(), weights);
  }

  @Override
  public int photos() {
    return photos;
  }

  @Override
  public float[] pool(float[] input) {
    long[] shape = {photos, Pixels.HEIGHT, Pixels.WIDTH, Pixels.CHANNELS};
    return convolutions.run(input, shape).get(0);
  }

  @Override
  public List<float[]> dense(float[] pooled) {
    if (dense == null) {
      dense = new LoadedGraph(ZooGraphs.dense(), WeightedLayer.dense(), weights);
    }
    return dense.run(pooled, DENSE_PHOTOS, FeatureLayer.BLOCK5_POOL.length());
  }

  @Override
  public void close() {
    convolutions.close();
    if (dense != null) {
      dense.close();
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
