"""Compares features with those of Keras Applications.

  check_networks.py make FOLDER     saves a ResNet50 with drawn weights and normalisations as FOLDER/resnet50.h5
  check_networks.py compare FOLDER  compares NETWORK.ENGINE.LAYER with what Keras makes of NETWORK.ENGINE.pixels

The untrained weights are computed here anew, by the formula in the project's documents.
"""

import hashlib
import sys
from pathlib import Path

import keras
import numpy as np

ALLOWED = 1e-4
PART = 1 << 24
APPLICATIONS = {
    "vgg16": (keras.applications.VGG16, keras.applications.vgg16.preprocess_input, "block5_pool"),
    "vgg19": (keras.applications.VGG19, keras.applications.vgg19.preprocess_input, "block5_pool"),
    "resnet50": (keras.applications.ResNet50, keras.applications.resnet.preprocess_input, "conv5_block3_out"),
}


def splitmix64(x):
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


def kernel(place, shape):
    values = np.empty(np.prod(shape), np.float32)
    bound = np.sqrt(6.0 / np.prod(shape[:-1]))
    for begin in range(0, len(values), PART):
        end = min(begin + PART, len(values))
        numbers = np.arange(begin, end, dtype=np.uint64) + np.uint64(place << 40)
        u = (splitmix64(numbers) >> np.uint64(11)) * 2.0**-53
        values[begin:end] = (2 * u - 1) * bound
    return values.reshape(shape)


def weighted(model):
    """Those that hold kernels, in the order of their places, without the softmax layer."""
    layers = [layer for layer in model.layers if layer.weights and hasattr(layer, "kernel")]
    if model.name.startswith("resnet"):
        layers.sort(key=lambda layer: layer.name)
    return [layer for layer in layers if layer.name != "predictions"]


def fill(model):
    """Sets all weights, and gives the SHA-256 over kernels and biases, normalisations put into them."""
    sha = hashlib.sha256()
    for place, layer in enumerate(weighted(model)):
        values = kernel(place, tuple(layer.kernel.shape))
        bias = np.zeros(values.shape[-1], np.float32)
        layer.set_weights([values, bias])
        if model.name.startswith("resnet"):
            normalize(model.get_layer(layer.name.replace("_conv", "_bn")))
            values = (values.astype(np.float64) * (1 / np.sqrt(1 + np.float64(1.001e-5)))).astype(np.float32)
        sha.update(values.astype("<f4").tobytes() + bias.astype("<f4").tobytes())
    return sha.hexdigest()


def normalize(layer):
    assert layer.epsilon == 1.001e-5, layer.epsilon
    channels = layer.gamma.shape[0]
    ones, zeros = np.ones(channels, np.float32), np.zeros(channels, np.float32)
    layer.set_weights([ones, zeros, zeros, ones])


def build(network):
    return APPLICATIONS[network][0](weights=None, include_top=network != "resnet50", input_shape=(224, 224, 3))


def make(folder):
    model = build("resnet50")
    random = np.random.default_rng(20160627)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            gamma, variance = random.uniform(0.2, 1, (2, layer.gamma.shape[0]))
            beta, mean = random.normal(0, 0.3, (2, layer.gamma.shape[0]))
            layer.set_weights([gamma, beta, mean, variance])
        elif layer.weights:
            spread = np.sqrt(2 / np.prod(layer.kernel.shape[:-1]))
            layer.set_weights([random.normal(0, spread, layer.kernel.shape), random.normal(0, 0.1, layer.bias.shape)])
    model.save(folder / "resnet50.h5")


def features(model, network, pixels):
    preprocess, places = APPLICATIONS[network][1:]
    names = [places] + [name for name in ("fc1", "fc2") if network != "resnet50"]
    cut = keras.Model(model.input, [model.get_layer(name).output for name in names])
    given = preprocess(pixels.astype(np.float32))
    found = cut.predict(given, verbose=0)
    layers = dict(zip(names, found if isinstance(found, list) else [found], strict=True))
    layers["avg"] = keras.ops.convert_to_numpy(keras.layers.GlobalAveragePooling2D()(layers[places]))
    return given, layers


def compare(folder):
    worst = 0.0
    for name in [*APPLICATIONS, "saved"]:
        network = "resnet50" if name == "saved" else name
        model = keras.models.load_model(folder / "resnet50.h5", compile=False) if name == "saved" else build(network)
        sha = fill(model) if name != "saved" else None
        pixels = np.fromfile(folder / f"{name}.onednn.pixels", np.uint8).reshape(-1, 224, 224, 3)
        given, layers = features(model, network, pixels)
        for engine in "onednn", "dl4j":
            base = f"{name}.{engine}"
            named = (folder / f"{base}.sha256").read_text()
            if sha and named != sha:
                sys.exit(f"{base}: the weights' sha256 is {named}, not {sha}")
            assert np.array_equal(np.fromfile(folder / f"{base}.input", "<f4"), given.ravel()), base
            for layer, expected in layers.items():
                values = np.fromfile(folder / f"{base}.{layer}", "<f4").reshape(expected.shape)
                norm = np.linalg.norm(values - expected) / np.linalg.norm(expected)
                most = np.abs(values - expected).max() / np.abs(expected).max()
                print(f"{base:16} {layer:16} {expected.shape}: error {norm:.1e} by norm, {most:.1e} of the largest")
                worst = max(worst, norm, most)
    print(f"worst {worst:.1e}, allowed {ALLOWED:.0e}")
    sys.exit(0 if worst <= ALLOWED else 1)


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](Path(sys.argv[2]))
