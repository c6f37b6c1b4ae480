package org.captionary.inference.vgg16;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;

/**
 * VGG16's convolutions and poolings of one photo. oneDNN chooses the layout of each layer's weights
 * and outputs; two pieces of memory take turns to hold what comes in and out of a layer, so that
 * most of it is still in the processor's cache.
 */
final class OneDnnConvolutions {

  private static final int[] CONVOLUTIONS_BY_BLOCK = {2, 2, 3, 3, 3};
  private static final long[] ONE = {1, 1};
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

  OneDnnConvolutions(OneDnn dnn, memory.data_type type, Vgg16Weights weights) {
    this.dnn = dnn;
    this.type = type;
    free = dnn.memory(largest());
    taken = dnn.memory(largest());
    input = dnn.memory(channelsLast());
    last = input;
    int layer = 0;
    for (int convolutions : CONVOLUTIONS_BY_BLOCK) {
      for (int i = 0; i < convolutions; i++) {
        convolve(WeightedLayer.values()[layer++], weights);
      }
      pool();
    }
    output = dnn.memory(channelsLast());
    steps.add(dnn.copy(last, output));
  }

  /** From 224 x 224 x 3 to 7 x 7 x 512. */
  float[] run(float[] photo) {
    OneDnn.put(photo, input);
    dnn.run(steps);
    return OneDnn.get(output, FeatureLayer.BLOCK5_POOL.length());
  }

  private void convolve(WeightedLayer layer, Vgg16Weights weights) {
    int outputs = layer.outputs();
    memory.desc bias = dnn.layout(memory.data_type.f32, memory.format_tag.x, outputs);
    convolution_forward.primitive_desc chosen =
        dnn.own(
            new convolution_forward.primitive_desc(
                dnn.processor(),
                prop_kind.forward_inference,
                algorithm.convolution_direct,
                any(channels),
                dnn.layout(type, memory.format_tag.any, outputs, channels, 3, 3),
                bias,
                any(outputs),
                ONE,
                ONE,
                ONE,
                dnn.relu(),
                false));
    memory source = inLayout(chosen.src_desc());
    memory target = next(chosen.dst_desc());
    Map<Integer, memory> arguments =
        Map.of(
            DNNL_ARG_SRC,
            source,
            DNNL_ARG_WEIGHTS,
            kernel(layer, weights, chosen.weights_desc()),
            DNNL_ARG_BIAS,
            dnn.memory(bias, weights.bias(layer)),
            DNNL_ARG_DST,
            target);
    steps.add(dnn.step(new convolution_forward(chosen), arguments));
    channels = outputs;
  }

  /** Keras's order is that of {@code hwio}. */
  private memory kernel(WeightedLayer layer, Vgg16Weights weights, memory.desc layout) {
    float[] values = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, values);
    memory kernel = dnn.memory(dnn.own(layout));
    memory.desc given =
        dnn.layout(memory.data_type.f32, memory.format_tag.hwio, layer.outputs(), channels, 3, 3);
    dnn.write(values, given, layout, kernel);
    return kernel;
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

  private memory.desc largest() {
    long outputs = WeightedLayer.BLOCK1_CONV1.outputs();
    return dnn.layout(
        memory.data_type.f32, memory.format_tag.x, outputs * Pixels.HEIGHT * Pixels.WIDTH);
  }
}
