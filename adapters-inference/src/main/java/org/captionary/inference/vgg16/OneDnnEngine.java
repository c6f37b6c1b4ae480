package org.captionary.inference.vgg16;

import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * VGG16 on oneDNN itself, as fast as the processor multiplies. Its convolutions take about 0.2 GiB,
 * its dense layers another 0.5 GiB. One photo at a time costs nothing: the layers of one are large
 * enough to keep all threads busy.
 */
final class OneDnnEngine implements Engine {

  private final Vgg16Weights weights;
  private final memory.data_type type = memory.data_type.f32;
  private final OneDnn dnn;
  private final OneDnnConvolutions convolutions;
  private OneDnnDense dense;

  private OneDnnEngine(OneDnn dnn, Vgg16Weights weights) {
    this.dnn = dnn;
    this.weights = weights;
    this.convolutions = new OneDnnConvolutions(dnn, type, weights);
  }

  /**
   * @throws LinkageError if there is no oneDNN for this platform
   */
  static OneDnnEngine open(Vgg16Weights weights, EngineSettings settings) {
    NativeLibraries.configure(settings);
    OneDnn dnn = new OneDnn();
    try {
      OpenMpThreads.set(settings);
      return new OneDnnEngine(dnn, weights);
    } catch (RuntimeException e) {
      dnn.close();
      throw e;
    }
  }

  @Override
  public int photos() {
    return 1;
  }

  @Override
  public float[] pool(float[] input) {
    return convolutions.run(input);
  }

  @Override
  public List<float[]> dense(float[] pooled) {
    if (dense == null) {
      dense = new OneDnnDense(dnn, type, weights);
    }
    return dense.run(pooled);
  }

  @Override
  public void close() {
    dnn.close();
  }
}
