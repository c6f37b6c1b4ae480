package org.captionary.domain.training;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Keeps the values that were used last, as many as weigh no more than a bound together. */
final class LastUsed<K, V> {

  private final long bound;
  private final ToLongFunction<V> weight;
  private final Consumer<V> dropped;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  LastUsed(long bound, ToLongFunction<V> weight) {
    this(bound, weight, value -> {});
  }

  /**
   * @param dropped is given each value that is not kept any longer
   */
  LastUsed(long bound, ToLongFunction<V> weight, Consumer<V> dropped) {
    this.bound = bound;
    this.weight = weight;
    this.dropped = dropped;
  }

  /** Null if it is not kept. */
  synchronized V find(K key) {
    return values.get(key);
  }

  /** Of all values together. */
  synchronized long weight() {
    return total;
  }

  synchronized void put(K key, V value) {
    V before = values.put(key, value);
    total += weight.applyAsLong(value);
    if (before != null) {
      drop(before);
    }
    Iterator<V> eldest = values.values().iterator();
    while (total > bound) {
      V next = eldest.next();
      eldest.remove();
      drop(next);
    }
  }

  private void drop(V value) {
    total -= weight.applyAsLong(value);
    dropped.accept(value);
  }
}
