package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Linux alone, where a process's threads can be looked at. */
class OpenMpThreadsTest {

  private static final Path TASKS = Path.of("/proc/self/task");

  /** Libraries start threads of their own when they are loaded. */
  @BeforeAll
  static void load() throws Exception {
    CompletableFuture<Long> loaded = new CompletableFuture<>();
    new Thread(() -> compute(1, "loading", loaded)).start();
    loaded.get(2, TimeUnit.MINUTES);
  }

  /** OpenMP's threads have the name of the one that shares its layers with them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void asManyShareALayerAsTheSettingsSay(int threads) throws Exception {
    String name = "layers-of-" + threads;
    CompletableFuture<Long> sharing = new CompletableFuture<>();
    new Thread(() -> compute(threads, name, sharing), name).start();
    long expected = Files.isDirectory(TASKS) ? threads : 0;
    assertThat(sharing.get(2, TimeUnit.MINUTES)).isEqualTo(expected);
  }

  private static void compute(int threads, String name, CompletableFuture<Long> sharing) {
    EngineSettings settings = new EngineSettings(EngineChoice.ONEDNN, threads, Optional.empty());
    NetworkWeights weights = UntrainedWeights.of(Architecture.of(Network.VGG16));
    try (OneDnnEngine engine = OneDnnEngine.open(weights, Precision.FLOAT32, settings)) {
      engine.pool(new float[224 * 224 * 3]);
      sharing.complete(tasks(name));
    } catch (IOException | RuntimeException | Error e) {
      sharing.completeExceptionally(e);
    }
  }

  private static long tasks(String name) throws IOException {
    if (!Files.isDirectory(TASKS)) {
      return 0;
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.filter(task -> name(task).equals(name)).count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException gone) {
      return "";
    }
  }
}
