package org.captionary.inference.network;

import java.util.List;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.factory.Nd4j;

/**
 * deeplearning4j on ND4J. VGG16's convolutions take about 0.7 GiB, its dense layers another 0.5
 * GiB. Two threads in one graph crash the process.
 */
final class Dl4jEngine implements Engine {

  /** Faster by a fifth than one photo at a time. */
  static final int PHOTOS = 8;

  private final int photos;
  private final NetworkWeights weights;
  private final LoadedGraph convolutions;
  private LoadedGraph dense;

  Dl4jEngine(NetworkWeights weights, EngineSettings settings) {
    this(PHOTOS, weights, settings);
  }

  Dl4jEngine(int photos, NetworkWeights weights, EngineSettings settings) {
    NativeEngine.ready(settings);
    this.photos = photos;
    this.weights = weights;
    Architecture architecture = weights.architecture();
    this.convolutions = new LoadedGraph(graph(architecture), architecture.convolutions(), weights);
  }

  private static ComputationGraphConfiguration graph(Architecture architecture) {
    return architecture.isVgg() ? ZooGraphs.convolutions(architecture) : ResNetGraph.whole();
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
      dense = new LoadedGraph(ZooGraphs.dense(), weights.architecture().dense(), weights);
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
