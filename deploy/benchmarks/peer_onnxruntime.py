"""VGG16's convolutions in ONNX Runtime, with the untrained weights, and a large matrix product.

    peer_onnxruntime.py onnxruntime PHOTOS SECONDS PIXELS OUT   photos/s; block5_pool of a photo in OUT
    peer_onnxruntime.py sgemm SIZE SECONDS                      GFLOP/s of numpy's float32 product

Each prints the rate and the peak of its memory in MB.
"""

import os
import resource
import sys
import time

import numpy as np

BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
MEANS_BGR = np.array([103.939, 116.779, 123.68], np.float32)


def untrained(layer, height, width, inputs, outputs):
    """As adapters-inference's UntrainedWeights says: splitmix64 within He's bounds."""
    x = np.arange(height * width * inputs * outputs, dtype=np.uint64) + np.uint64(layer << 40)
    x += np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    u = (x ^ x >> np.uint64(31)) >> np.uint64(11)
    bound = np.sqrt(6 / (height * width * inputs))
    kernel = ((2 * (u * 2.0**-53) - 1) * bound).astype(np.float32)
    return kernel.reshape(height, width, inputs, outputs)


def graph():
    """Channels first, as ONNX has it; bias and ReLU as ONNX Runtime fuses them."""
    from onnx import TensorProto, helper, numpy_helper

    nodes, weights, inputs, last = [], [], 3, "input"

    def add(kind, *more, **attributes):
        nonlocal last
        name = f"{kind}{len(nodes)}"
        nodes.append(helper.make_node(kind, [last, *more], [name], **attributes))
        last = name

    for convolutions, outputs in BLOCKS:
        for _ in range(convolutions):
            layer = len(weights) // 2
            kernel = untrained(layer, 3, 3, inputs, outputs).transpose(3, 2, 0, 1).copy()
            weights.append(numpy_helper.from_array(kernel, f"w{layer}"))
            weights.append(numpy_helper.from_array(np.zeros(outputs, np.float32), f"b{layer}"))
            add("Conv", f"w{layer}", f"b{layer}", kernel_shape=[3, 3], pads=[1, 1, 1, 1])
            add("Relu")
            inputs = outputs
        add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    value = helper.make_tensor_value_info
    given = value("input", TensorProto.FLOAT, ["photos", 3, 224, 224])
    found = value(last, TensorProto.FLOAT, ["photos", 512, 7, 7])
    made = helper.make_graph(nodes, "vgg16", [given], [found], weights)
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(made, opset_imports=opset, ir_version=9).SerializeToString()


def rate(task, amount, seconds):
    task()
    begin, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - begin) < seconds:
        task()
        done += amount
    return done / taken


def convolutions(photos, seconds, pixels, out):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    session = onnxruntime.InferenceSession(graph(), options, providers=["CPUExecutionProvider"])
    rgb = np.fromfile(pixels, np.uint8).reshape(-1, 224, 224, 3)[:photos]
    bgr = rgb[..., ::-1].astype(np.float32) - MEANS_BGR
    given = {"input": np.ascontiguousarray(bgr.transpose(0, 3, 1, 2))}
    session.run(None, given)[0][0].transpose(1, 2, 0).tofile(out)
    return rate(lambda: session.run(None, given), photos, seconds)


def sgemm(size, seconds):
    left, right = np.random.default_rng(1).random((2, size, size), np.float32)
    return rate(lambda: left @ right, 2 * size**3 / 1e9, seconds)


if __name__ == "__main__":
    amount, seconds = int(sys.argv[2]), float(sys.argv[3])
    if sys.argv[1] == "sgemm":
        found = sgemm(amount, seconds)
    else:
        found = convolutions(amount, seconds, *sys.argv[4:])
    print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
