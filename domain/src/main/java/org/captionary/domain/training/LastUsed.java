package org.captionary.domain.training;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Keeps the values that were used last, as many as weigh no more than a bound together. */
final class LastUsed<K, V> {

  private final long bound;
  private final ToLongFunction<V> weight;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  LastUsed(long bound, ToLongFunction<V> weight) {
    this.bound = bound;
    this.weight = weight;
  }

  /** Null if it is not kept. */
  synchronized V find(K key) {
    return values.get(key);
  }

  synchronized void put(K key, V value) {
    V before = values.put(key, value);
    total += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
    Iterator<V> eldest = values.values().iterator();
    while (total > bound) {
      total -= weight.applyAsLong(eldest.next());
      eldest.remove();
    }
  }
}
