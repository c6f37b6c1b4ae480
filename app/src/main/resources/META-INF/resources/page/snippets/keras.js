import { batches, fetchClient, install, text } from "./batches.js";

/** The tutorial's merge model, small, fitted for an epoch. */
export function keras(asked) {
  return {
    shell: ["export KERAS_BACKEND=jax", ...install("numpy", "keras", "jax"), fetchClient(asked.url)],
    file: "train.py",
    text: `import captionary
import keras
from keras import layers

client = captionary.Client(${text(asked.url)})  # the token: CAPTIONARY_TOKEN
manifest = client.manifest(${text(asked.id)})
${batches(asked)}

sequences = keras.Input((manifest["maxLength"],), dtype="int32")
words = layers.Embedding(manifest["vocabularySize"], 256, mask_zero=True)(sequences)
state = layers.LSTM(256)(words)
${photos(asked.shape)}
state = layers.Dense(256, activation="relu")(state)
output = layers.Dense(manifest["vocabularySize"], activation="softmax")(state)
model = keras.Model(${asked.shape ? "[photos, sequences]" : "sequences"}, output)
model.compile("adam", "sparse_categorical_crossentropy")

# Shuffling is the service's; the callback keeps count, to resume in mid-epoch.
model.fit(
    captionary.keras_dataset(batches),
    epochs=1,
    shuffle=False,
    callbacks=[captionary.keras_progress(batches)],
)
`,
    run: "python3 train.py",
  };
}

function photos(shape) {
  if (!shape) {
    return "";
  }
  const seen = shape.length === 1 ? "photos" : "layers.GlobalAveragePooling2D()(photos)";
  return `photos = keras.Input((${shape.join(", ")}${shape.length === 1 ? "," : ""}))
seen = ${seen}
state = layers.Add()([state, layers.Dense(256, activation="relu")(seen)])`;
}
