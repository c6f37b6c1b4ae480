import { fetchClient, text } from "./batches.js";

/** DL4J's MultiDataSetIterator. */
export function java(asked) {
  return {
    shell: [fetchClient(asked.url, "CaptionaryIterator.java")],
    file: "Pull.java",
    text: `import java.util.Arrays;
import org.captionary.client.CaptionaryIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class Pull {

  public static void main(String[] args) {
    try (CaptionaryIterator batches =
        CaptionaryIterator.builder()
            .url(${text(asked.url)})
            .token(System.getenv("CAPTIONARY_TOKEN"))
            .preparation(${text(asked.id)})
${options(asked).map(([name, value]) => `            .${name}(${value})\n`).join("")}            .build()) {
      MultiDataSet batch = batches.next(); // or: graph.fit(batches, 20);
      Arrays.stream(batch.getFeatures()).forEach(a -> System.out.println(Arrays.toString(a.shape())));
      System.out.println(Arrays.toString(batch.getLabels(0).shape()));
    }
  }
}
`,
    run: `# ND4J's jars (org.nd4j:nd4j-native-platform:1.0.0-M2.1) lie in the folder lib
javac -d . -cp 'lib/*' CaptionaryIterator.java Pull.java
java -cp '.:lib/*' Pull`,
  };
}

function options({ split, size, shuffle, seed, photo, layer }) {
  return [
    ["split", text(split)],
    ["size", size],
    photo !== "features" && ["photo", text(photo)],
    layer && ["layer", text(layer)],
    ["shuffle", text(shuffle)],
    shuffle !== "none" && ["seed", seed],
  ].filter(Boolean);
}
