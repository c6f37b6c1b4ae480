package org.captionary.inference.network;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * An engine of oneDNN on the processor, and all that is made for it, which is freed together, the
 * last first: the garbage collector sees only small objects and frees native memory far too late.
 */
final class OneDnn implements AutoCloseable {

  private final Deque<Pointer> owned = new ArrayDeque<>();
  private final engine processor = own(new engine(engine.kind.cpu, 0));
  private final stream stream = own(new stream(processor));

  engine processor() {
    return processor;
  }

  /** Frees it when this is closed. */
  <T extends Pointer> T own(T made) {
    owned.push(made);
    return made;
  }

  memory.desc layout(memory.data_type type, memory.format_tag order, long... shape) {
    return own(new memory.desc(shape, type, order));
  }

  /** New memory. */
  memory memory(memory.desc layout) {
    return own(new memory(layout, processor));
  }

  /** New memory that holds values, in C order. */
  memory memory(memory.desc layout, float[] values) {
    memory made = memory(layout);
    put(values, made);
    return made;
  }

  /** Memory that lies where another does. */
  memory view(memory.desc layout, memory other) {
    return own(new memory(layout, processor, other.get_data_handle()));
  }

  /** Lets an operation end with ReLU. */
  primitive_attr relu() {
    post_ops after = own(new post_ops());
    after.append_eltwise(algorithm.eltwise_relu, 0, 0);
    primitive_attr attributes = own(new primitive_attr());
    attributes.set_post_ops(after);
    return attributes;
  }

  /** Lets an operation add to what lies where it writes, and end with ReLU. */
  primitive_attr addAndRelu() {
    post_ops after = own(new post_ops());
    after.append_sum();
    after.append_eltwise(algorithm.eltwise_relu, 0, 0);
    primitive_attr attributes = own(new primitive_attr());
    attributes.set_post_ops(after);
    return attributes;
  }

  /** Nothing follows an operation. */
  primitive_attr nothing() {
    return own(new primitive_attr());
  }

  Step step(primitive operation, Map<Integer, memory> arguments) {
    IntMemoryMap map = own(new IntMemoryMap());
    arguments.forEach(map::put);
    return new Step(own(operation), map);
  }

  Step copy(memory from, memory to) {
    return step(new reorder(from, to), Map.of(DNNL_ARG_FROM, from, DNNL_ARG_TO, to));
  }

  /**
   * Memory with the values of another in a layout: itself, or a copy that a step makes.
   *
   * @param steps the copy is added to
   */
  memory inLayout(memory from, memory.desc wanted, List<Step> steps) {
    if (own(from.get_desc()).equals(wanted)) {
      return from;
    }
    memory copy = memory(wanted);
    steps.add(copy(from, copy));
    return copy;
  }

  void run(Iterable<Step> steps) {
    for (Step step : steps) {
      step.operation().execute(stream, step.arguments());
    }
    stream._wait();
  }

  /**
   * Copies values, whatever layout and type they are kept in.
   *
   * @param given the layout of the values
   * @param place the layout of them in the target, or of a part of it
   */
  void write(float[] values, memory.desc given, memory.desc place, memory target) {
    try (memory source = new memory(given, processor);
        memory part = new memory(place, processor, target.get_data_handle());
        reorder copy = new reorder(source, part)) {
      put(values, source);
      copy.execute(stream, source, part);
      stream._wait();
    }
  }

  static void put(float[] values, memory target) {
    new FloatPointer(target.get_data_handle()).put(values);
  }

  static float[] get(memory source, int length) {
    float[] values = new float[length];
    new FloatPointer(source.get_data_handle()).get(values);
    return values;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().deallocate();
    }
  }

  /** An operation on memory that stays where it is. */
  record Step(primitive operation, IntMemoryMap arguments) {}
}
