package org.captionary.inference.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * One convolution that keeps the size, or divides it by its stride, with weights in the layout that
 * oneDNN chooses.
 */
final class OneDnnConvolution {

  private final OneDnn dnn;
  private final WeightedLayer layer;
  private final memory.desc bias;
  private final convolution_forward.primitive_desc chosen;

  /**
   * @param source layout of what comes in, which may be left to oneDNN
   * @param target layout of what goes out, likewise
   * @param after what follows on each output
   */
  OneDnnConvolution(
      OneDnn dnn,
      memory.data_type type,
      WeightedLayer layer,
      memory.desc source,
      memory.desc target,
      primitive_attr after) {
    this.dnn = dnn;
    this.layer = layer;
    int size = layer.size();
    long[] stride = {layer.stride(), layer.stride()};
    long[] padding = {size / 2, size / 2};
    bias = dnn.layout(memory.data_type.f32, memory.format_tag.x, layer.outputs());
    chosen =
        dnn.own(
            new convolution_forward.primitive_desc(
                dnn.processor(),
                prop_kind.forward_inference,
                algorithm.convolution_direct,
                source,
                dnn.layout(
                    type, memory.format_tag.any, layer.outputs(), layer.inputs(), size, size),
                bias,
                target,
                stride,
                padding,
                padding,
                after,
                false));
  }

  memory.desc source() {
    return chosen.src_desc();
  }

  memory.desc target() {
    return chosen.dst_desc();
  }

  OneDnn.Step step(LayerValues weights, memory from, memory to) {
    Map<Integer, memory> arguments =
        Map.of(
            DNNL_ARG_SRC,
            from,
            DNNL_ARG_WEIGHTS,
            kernel(weights),
            DNNL_ARG_BIAS,
            dnn.memory(bias, weights.bias(layer)),
            DNNL_ARG_DST,
            to);
    return dnn.step(new convolution_forward(chosen), arguments);
  }

  /** Keras's order is that of {@code hwio}. */
  private memory kernel(LayerValues weights) {
    float[] values = new float[layer.kernelLength()];
    weights.readKernel(layer, 0, values);
    memory.desc layout = dnn.own(chosen.weights_desc());
    memory kernel = dnn.memory(layout);
    int size = layer.size();
    memory.desc given =
        dnn.layout(
            memory.data_type.f32,
            memory.format_tag.hwio,
            layer.outputs(),
            layer.inputs(),
            size,
            size);
    dnn.write(values, given, layout, kernel);
    return kernel;
  }
}
