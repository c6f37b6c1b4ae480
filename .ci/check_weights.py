"""Writes files of VGG16's weights, and compares the features that came of them with numpy's.

  check_weights.py make FOLDER      writes the files; FOLDER/configuration.json is that of DL4J's zoo
  check_weights.py compare FOLDER   compares FILE.LAYER and FILE.sha256 with what numpy makes of FILE.input
"""

import hashlib
import json
import struct
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np

ALLOWED = 1e-4
BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
FILES = ["applications.h5", "notop.h5", "whole.h5", "keras3.weights.h5", "zoo.zip", "keras.zip"]
POOLED = (7, 7, 512)


def layers():
    """Name and kernel shape of each, in Keras's order."""
    inputs = 3
    for block, (convolutions, outputs) in enumerate(BLOCKS, 1):
        for number in range(1, convolutions + 1):
            yield f"block{block}_conv{number}", (3, 3, inputs, outputs)
            inputs = outputs
    yield "fc1", (25088, 4096)
    yield "fc2", (4096, 4096)
    yield "predictions", (4096, 1000)


def weights():
    """Drawn from a fixed seed: kernels as He et al. begin, and biases."""
    random = np.random.default_rng(20150410)
    drawn = {}
    for name, shape in layers():
        scale = np.float32(np.sqrt(2 / np.prod(shape[:-1])))
        kernel = random.standard_normal(shape, dtype=np.float32) * scale
        drawn[name] = kernel, random.standard_normal(shape[-1], dtype=np.float32) * np.float32(0.1)
    return drawn


def without_top(drawn):
    return {name: values for name, values in drawn.items() if name.startswith("block")}


def write_applications(path, drawn):
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [name.encode() for name in drawn]
        for name, (kernel, bias) in drawn.items():
            group = file.create_group(name)
            group.attrs["weight_names"] = [f"{name}_W_1:0".encode(), f"{name}_b_1:0".encode()]
            group[f"{name}_W_1:0"] = kernel
            group[f"{name}_b_1:0"] = bias
        file.create_group("block1_pool")


def write_whole(path, drawn):
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps({"class_name": "Functional"})
        for top in "model_weights", "optimizer_weights":
            for name, (kernel, bias) in (drawn if top == "model_weights" else without_top(drawn)).items():
                group = file.create_group(f"{top}/{name}/{name}")
                group["kernel:0"] = kernel
                group["bias:0"] = bias


def write_keras3(path, drawn):
    counts = {}
    with h5py.File(path, "w") as file:
        for kernel, bias in drawn.values():
            kind = "conv2d" if kernel.ndim == 4 else "dense"
            number = counts.get(kind, 0)
            counts[kind] = number + 1
            variables = file.create_group(f"layers/{kind}_{number}/vars" if number else f"layers/{kind}/vars")
            variables["0"] = kernel
            variables["1"] = bias


def write_zip(path, configuration, drawn, channels_first):
    """A ModelSerializer file: bias and (O, I, H, W) of convolutions, (I, O) by columns and bias of others."""
    count = sum(kernel.size + bias.size for kernel, bias in drawn.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("configuration.json", configuration)
        with file.open("coefficients.bin", "w", force_zip64=True) as out:
            shape = [2, 1, count, count, 1, 8192, 1, 99]  # rank, shape, strides, type (float), step, order (c)
            out.write(head("LONG", len(shape)) + struct.pack(">8q", *shape) + head("FLOAT", count))
            for name, (kernel, bias) in drawn.items():
                if kernel.ndim == 4:
                    parts = bias, kernel.transpose(3, 2, 0, 1)
                elif name == "fc1" and channels_first:
                    parts = kernel.reshape(*POOLED, 4096).transpose(3, 2, 0, 1), bias
                else:
                    parts = kernel.T, bias
                for part in parts:
                    out.write(np.ascontiguousarray(part).astype(">f4"))


def head(kind, length):
    mode = b"MIXED_DATA_TYPES"
    return struct.pack(">H", len(mode)) + mode + struct.pack(">qH", length, len(kind)) + kind.encode()


def make(folder):
    drawn = weights()
    write_applications(folder / "applications.h5", drawn)
    write_applications(folder / "notop.h5", without_top(drawn))
    write_whole(folder / "whole.h5", drawn)
    write_keras3(folder / "keras3.weights.h5", drawn)
    zoo = (folder / "configuration.json").read_text()
    write_zip(folder / "zoo.zip", zoo, drawn, channels_first=True)
    # As a model imported from Keras flattens, the ImageNet file of the zoo among them.
    flattening = "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor"
    keras = "org.deeplearning4j.nn.modelimport.keras.preprocessors.TensorFlowCnnToFeedForwardPreProcessor"
    assert flattening in zoo
    write_zip(folder / "keras.zip", zoo.replace(flattening, keras), drawn, channels_first=False)


def digest(drawn):
    sha = hashlib.sha256()
    for name, (kernel, bias) in drawn.items():
        if name != "predictions":
            sha.update(kernel.astype("<f4").tobytes())
            sha.update(bias.astype("<f4").tobytes())
    return sha.hexdigest()


def convolve(image, kernel, bias):
    height, width, channels = image.shape
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    windows = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    columns = np.concatenate(windows, axis=2).reshape(height * width, 9 * channels)
    return np.maximum(columns @ kernel.reshape(9 * channels, -1) + bias, 0).reshape(height, width, -1)


def pool(image):
    height, width, channels = image.shape
    return image.reshape(height // 2, 2, width // 2, 2, channels).max(axis=(1, 3))


def features(image, drawn):
    for block, (convolutions, _) in enumerate(BLOCKS, 1):
        for number in range(1, convolutions + 1):
            image = convolve(image, *drawn[f"block{block}_conv{number}"])
        image = pool(image)
    found = {"block5_pool": image.ravel(), "avg": image.mean(axis=(0, 1), dtype=np.float64)}
    values = image.ravel()
    for name in "fc1", "fc2":
        kernel, bias = drawn[name]
        values = found[name] = np.maximum(values @ kernel + bias, 0)
    return found


def compare(folder):
    drawn = weights()
    images = np.fromfile(folder / "applications.h5.input", "<f4").reshape(-1, 224, 224, 3)
    expected = [features(image, drawn) for image in images]
    worst = 0.0
    for file in FILES:
        top = file != "notop.h5"
        wanted = digest(drawn if top else without_top(drawn))
        found = (folder / f"{file}.sha256").read_text()
        if found != wanted:
            sys.exit(f"{file}: the weights' sha256 is {found}, not {wanted}")
        for layer in ("avg", "block5_pool") + (("fc1", "fc2") if top else ()):
            values = np.fromfile(folder / f"{file}.{layer}", "<f4").reshape(len(images), -1)
            errors = [
                np.abs(row - photo[layer]).max() / np.abs(photo[layer]).max()
                for row, photo in zip(values, expected, strict=True)
            ]
            print(f"{file:18} {layer:12} {len(images)} photos, worst relative error {max(errors):.1e}")
            worst = max(worst, *errors)
    print(f"worst {worst:.1e}, allowed {ALLOWED:.0e}")
    if not worst <= ALLOWED:
        sys.exit(1)


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](Path(sys.argv[2]))
