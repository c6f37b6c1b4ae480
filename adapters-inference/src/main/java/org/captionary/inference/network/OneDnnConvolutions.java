package org.captionary.inference.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;

/**
 * VGG's convolutions and poolings of one photo. oneDNN chooses the layout of each layer's weights
 * and outputs; two pieces of memory take turns to hold what comes in and out of a layer, so that
 * most of it is still in the processor's cache.
 */
final class OneDnnConvolutions implements UnaryOperator<float[]> {

  private static final long[] TWO = {2, 2};
  private static final long[] NONE = {0, 0};

  private final OneDnn dnn;
  private final memory.data_type type;
  private final List<OneDnn.Step> steps = new ArrayList<>();
  private final memory input;
  private final memory output;

  /** Taken and given back by turns; as large as the largest output, the first layer's. */
  private memory free;

  private memory taken;
  private memory last;
  private int size = Pixels.HEIGHT;
  private int channels = Pixels.CHANNELS;

  OneDnnConvolutions(OneDnn dnn, memory.data_type type, NetworkWeights weights) {
    Architecture architecture = weights.architecture();
    this.dnn = dnn;
    this.type = type;
    memory.desc largest = largest(architecture.layers().get(0));
    free = dnn.memory(largest);
    taken = dnn.memory(largest);
    input = dnn.memory(channelsLast());
    last = input;
    int layer = 0;
    for (int convolutions : architecture.convolutionsByBlock()) {
      for (int i = 0; i < convolutions; i++) {
        convolve(architecture.layers().get(layer++), weights);
      }
      pool();
    }
    output = dnn.memory(channelsLast());
    steps.add(dnn.copy(last, output));
  }

  /** From 224 x 224 x 3 to 7 x 7 x 512. */
  @Override
  public float[] apply(float[] photo) {
    OneDnn.put(photo, input);
    dnn.run(steps);
    return OneDnn.get(output, FeatureLayer.BLOCK5_POOL.length());
  }

  private void convolve(WeightedLayer layer, LayerValues weights) {
    OneDnnConvolution convolution =
        new OneDnnConvolution(dnn, type, layer, any(channels), any(layer.outputs()), dnn.relu());
    memory source = inLayout(convolution.source());
    steps.add(convolution.step(weights, source, next(convolution.target())));
    channels = layer.outputs();
  }

  private void pool() {
    memory.desc source = dnn.own(last.get_desc());
    size /= 2;
    pooling_forward.primitive_desc chosen =
        dnn.own(
            new pooling_forward.primitive_desc(
                dnn.processor(),
                prop_kind.forward_inference,
                algorithm.pooling_max,
                source,
                any(channels),
                TWO,
                TWO,
                NONE,
                NONE,
                NONE));
    memory from = last;
    Map<Integer, memory> arguments =
        Map.of(DNNL_ARG_SRC, from, DNNL_ARG_DST, next(chosen.dst_desc()));
    steps.add(dnn.step(new pooling_forward(chosen), arguments));
  }

  /** What came out last, copied if the next layer wants it otherwise. */
  private memory inLayout(memory.desc wanted) {
    memory from = last;
    if (!dnn.own(from.get_desc()).equals(wanted)) {
      steps.add(dnn.copy(from, next(wanted)));
    }
    return last;
  }

  private memory next(memory.desc layout) {
    if (layout.get_size() > dnn.own(free.get_desc()).get_size()) {
      throw new IllegalStateException("oneDNN wants " + layout.get_size() + " bytes for a layer");
    }
    last = dnn.view(dnn.own(layout), free);
    memory turn = free;
    free = taken;
    taken = turn;
    return last;
  }

  private memory.desc any(int channels) {
    return dnn.layout(type, memory.format_tag.any, 1, channels, size, size);
  }

  private memory.desc channelsLast() {
    return dnn.layout(memory.data_type.f32, memory.format_tag.nhwc, 1, channels, size, size);
  }

  private memory.desc largest(WeightedLayer first) {
    long outputs = first.outputs();
    return dnn.layout(
        memory.data_type.f32, memory.format_tag.x, outputs * Pixels.HEIGHT * Pixels.WIDTH);
  }
}
