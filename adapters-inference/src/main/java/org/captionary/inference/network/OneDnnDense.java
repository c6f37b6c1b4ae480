package org.captionary.inference.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.captionary.domain.photo.FeatureLayer;

/** VGG's dense layers, fc1 and fc2, of {@value Engine#DENSE_PHOTOS} photos. */
final class OneDnnDense {

  /** Rows of a kernel that are read at once: 8 MB. */
  private static final int ROWS = 512;

  private final OneDnn dnn;
  private final memory.data_type type;
  private final List<OneDnn.Step> steps = new ArrayList<>();
  private final memory input;
  private final List<memory> outputs = new ArrayList<>();

  OneDnnDense(OneDnn dnn, memory.data_type type, NetworkWeights weights) {
    this.dnn = dnn;
    this.type = type;
    List<WeightedLayer> layers = weights.architecture().dense();
    input = dnn.memory(rows(layers.get(0).fanIn()));
    memory last = input;
    for (WeightedLayer layer : layers) {
      last = multiply(last, layer, weights);
      outputs.add(last);
    }
  }

  /** From block5_pool to fc1 and fc2. */
  List<float[]> run(float[] pooled) {
    OneDnn.put(pooled, input);
    dnn.run(steps);
    int length = Engine.DENSE_PHOTOS * FeatureLayer.FC1.length();
    return outputs.stream().map(output -> OneDnn.get(output, length)).toList();
  }

  private memory multiply(memory from, WeightedLayer layer, NetworkWeights weights) {
    int inputs = layer.fanIn();
    memory.desc bias = dnn.layout(memory.data_type.f32, memory.format_tag.x, layer.outputs());
    memory output = dnn.memory(rows(layer.outputs()));
    inner_product_forward.primitive_desc chosen =
        dnn.own(
            new inner_product_forward.primitive_desc(
                dnn.processor(),
                prop_kind.forward_inference,
                dnn.layout(type, memory.format_tag.any, Engine.DENSE_PHOTOS, inputs),
                dnn.layout(type, memory.format_tag.any, layer.outputs(), inputs),
                bias,
                dnn.own(output.get_desc()),
                dnn.relu(),
                false));
    Map<Integer, memory> arguments =
        Map.of(
            DNNL_ARG_SRC, dnn.inLayout(from, dnn.own(chosen.src_desc()), steps),
            DNNL_ARG_WEIGHTS, kernel(layer, weights, dnn.own(chosen.weights_desc())),
            DNNL_ARG_BIAS, dnn.memory(bias, weights.bias(layer)),
            DNNL_ARG_DST, output);
    steps.add(dnn.step(new inner_product_forward(chosen), arguments));
    return output;
  }

  /** Read in parts, as fc1's takes 411 MB. */
  private memory kernel(WeightedLayer layer, NetworkWeights weights, memory.desc layout) {
    memory kernel = dnn.memory(layout);
    int outputs = layer.outputs();
    float[] part = new float[ROWS * outputs];
    memory.desc given = dnn.layout(memory.data_type.f32, memory.format_tag.io, outputs, ROWS);
    for (int row = 0; row < layer.fanIn(); row += ROWS) {
      weights.readKernel(layer, row * outputs, part);
      long[] shape = {outputs, ROWS};
      long[] from = {0, row};
      try (memory.desc place = layout.submemory_desc(shape, from)) {
        dnn.write(part, given, place, kernel);
      }
    }
    return kernel;
  }

  private memory.desc rows(int length) {
    return dnn.layout(memory.data_type.f32, memory.format_tag.nc, Engine.DENSE_PHOTOS, length);
  }
}
