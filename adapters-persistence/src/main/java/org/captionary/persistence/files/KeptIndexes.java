package org.captionary.persistence.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what was made of the archives used last, each as long as it is the same version. Made by
 * one thread at a time.
 */
final class KeptIndexes<V, T> {

  private static final int KEPT = 4;

  private final Map<Path, Kept<V, T>> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  private record Kept<V, T>(V version, T index) {}

  /** What was made of this version, or is made now. */
  synchronized T get(Path archive, V version, Supplier<T> maker) {
    Kept<V, T> found = kept.get(archive);
    if (found == null || !found.version().equals(version)) {
      found = new Kept<>(version, maker.get());
      kept.put(archive, found);
      dropEldest();
    }
    return found.index();
  }

  /** What was made of any version last. */
  synchronized Optional<T> last(Path archive) {
    return Optional.ofNullable(kept.get(archive)).map(Kept::index);
  }

  private void dropEldest() {
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
