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
import org.bytedeco.dnnl.primitive_attr;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Pixels;

/**
 * ResNet50 of one photo, up to its last block. The last convolution of a block adds to what lies
 * where it writes: what came through the shortcut.
 */
final class OneDnnResNet implements UnaryOperator<float[]> {

  private static final int POOLED = Pixels.HEIGHT / 4;

  private final OneDnn dnn;
  private final memory.data_type type;
  private final LayerValues weights;
  private final List<OneDnn.Step> steps = new ArrayList<>();
  private final memory input;
  private final memory output;

  OneDnnResNet(OneDnn dnn, memory.data_type type, LayerValues weights) {
    this.dnn = dnn;
    this.type = type;
    this.weights = weights;
    input = dnn.memory(channelsLast(Pixels.CHANNELS, Pixels.HEIGHT));
    memory last = pool(convolve(ResNet50.stem(), input, Pixels.HEIGHT, dnn.relu()));
    int size = POOLED;
    for (ResNet50.Block block : ResNet50.blocks()) {
      last = add(block, last, size);
      size /= block.reduce().stride();
    }
    output = dnn.memory(channelsLast(FeatureLayer.RESNET_AVG.length(), size));
    steps.add(dnn.copy(last, output));
  }

  /** From 224 x 224 x 3 to 7 x 7 x 2048. */
  @Override
  public float[] apply(float[] photo) {
    OneDnn.put(photo, input);
    dnn.run(steps);
    return OneDnn.get(output, FeatureLayer.CONV5_BLOCK3_OUT.length());
  }

  private memory convolve(WeightedLayer layer, memory from, int size, primitive_attr after) {
    memory.desc target = any(layer.outputs(), size / layer.stride());
    OneDnnConvolution convolution =
        new OneDnnConvolution(dnn, type, layer, any(layer.inputs(), size), target, after);
    memory to = dnn.memory(dnn.own(convolution.target()));
    steps.add(
        convolution.step(weights, dnn.inLayout(from, dnn.own(convolution.source()), steps), to));
    return to;
  }

  /** Nothing behind a ReLU is less than the 0 that oneDNN passes over at the borders. */
  private memory pool(memory from) {
    long[] two = {2, 2};
    long[] three = {3, 3};
    long[] one = {1, 1};
    pooling_forward.primitive_desc chosen =
        dnn.own(
            new pooling_forward.primitive_desc(
                dnn.processor(),
                prop_kind.forward_inference,
                algorithm.pooling_max,
                dnn.own(from.get_desc()),
                any(ResNet50.stem().outputs(), POOLED),
                two,
                three,
                new long[] {0, 0},
                one,
                one));
    memory to = dnn.memory(dnn.own(chosen.dst_desc()));
    steps.add(dnn.step(new pooling_forward(chosen), Map.of(DNNL_ARG_SRC, from, DNNL_ARG_DST, to)));
    return to;
  }

  private memory add(ResNet50.Block block, memory from, int size) {
    memory reduced = convolve(block.reduce(), from, size, dnn.relu());
    int smaller = size / block.reduce().stride();
    memory middle = convolve(block.middle(), reduced, smaller, dnn.relu());
    memory sum =
        block.shortcut().map(layer -> convolve(layer, from, size, dnn.nothing())).orElse(from);
    OneDnnConvolution expand =
        new OneDnnConvolution(
            dnn,
            type,
            block.expand(),
            any(block.expand().inputs(), smaller),
            dnn.own(sum.get_desc()),
            dnn.addAndRelu());
    steps.add(expand.step(weights, dnn.inLayout(middle, dnn.own(expand.source()), steps), sum));
    return sum;
  }

  private memory.desc any(int channels, int size) {
    return dnn.layout(type, memory.format_tag.any, 1, channels, size, size);
  }

  private memory.desc channelsLast(int channels, int size) {
    return dnn.layout(memory.data_type.f32, memory.format_tag.nhwc, 1, channels, size, size);
  }
}
