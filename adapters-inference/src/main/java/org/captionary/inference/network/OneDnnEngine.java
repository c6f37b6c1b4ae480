package org.captionary.inference.network;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.captionary.domain.photo.Precision;

/**
 * A network on oneDNN itself, as fast as the processor multiplies. VGG16's convolutions take about
 * 0.2 GiB, its dense layers another 0.5 GiB. One photo at a time costs nothing: the layers of one
 * are large enough to keep all threads busy.
 */
final class OneDnnEngine implements Engine {

  private final NetworkWeights weights;
  private final memory.data_type type;
  private final OneDnn dnn;
  private final UnaryOperator<float[]> convolutions;
  private OneDnnDense dense;

  private OneDnnEngine(OneDnn dnn, memory.data_type type, NetworkWeights weights) {
    this.dnn = dnn;
    this.type = type;
    this.weights = weights;
    this.convolutions =
        weights.architecture().isVgg()
            ? new OneDnnConvolutions(dnn, type, weights)
            : new OneDnnResNet(dnn, type, weights);
  }

  /** Whether the processor multiplies bfloat16 itself; elsewhere it is slower than float32. */
  static boolean computesBfloat16(EngineSettings settings) {
    NativeLibraries.configure(settings);
    // Reading these loads oneDNN, so they are no constants of this class.
    Set<Integer> withBfloat16 =
        Set.of(
            dnnl.dnnl_cpu_isa_avx512_core_bf16,
            dnnl.dnnl_cpu_isa_avx512_core_fp16,
            dnnl.dnnl_cpu_isa_avx512_core_amx,
            dnnl.dnnl_cpu_isa_avx512_core_amx_fp16,
            dnnl.dnnl_cpu_isa_avx10_2_512,
            dnnl.dnnl_cpu_isa_avx10_2_512_amx_2);
    return withBfloat16.contains(dnnl.dnnl_get_effective_cpu_isa());
  }

  /**
   * @throws LinkageError if there is no oneDNN for this platform
   */
  static OneDnnEngine open(NetworkWeights weights, Precision precision, EngineSettings settings) {
    NativeLibraries.configure(settings);
    OneDnn dnn = new OneDnn();
    try {
      OpenMpThreads.set(settings);
      return new OneDnnEngine(dnn, type(precision), weights);
    } catch (RuntimeException e) {
      dnn.close();
      throw e;
    }
  }

  private static memory.data_type type(Precision precision) {
    return precision == Precision.BFLOAT16 ? memory.data_type.bf16 : memory.data_type.f32;
  }

  @Override
  public int photos() {
    return 1;
  }

  @Override
  public float[] pool(float[] input) {
    return convolutions.apply(input);
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
