package org.captionary.domain.training;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps what was used last within a bound, in two generations: what is found in the old one moves
 * to the young one, and when the young one has half of the bound, the old one goes.
 */
final class Generations<K extends Comparable<K>, V> {

  private record Maps<K, V>(
      NavigableMap<K, V> young, NavigableMap<K, V> old, AtomicLong youngWeight) {}

  private final long bound;
  private final ToLongFunction<V> weight;
  private volatile Maps<K, V> maps = empty(new ConcurrentSkipListMap<>());

  /**
   * @param bound of the weights of all that is kept, about
   */
  Generations(long bound, ToLongFunction<V> weight) {
    this.bound = bound;
    this.weight = weight;
  }

  private static <K, V> Maps<K, V> empty(NavigableMap<K, V> old) {
    return new Maps<>(new ConcurrentSkipListMap<>(), old, new AtomicLong());
  }

  /** What a look-up finds in the young generation or else in the old one; null if in neither. */
  V find(Function<NavigableMap<K, V>, Map.Entry<K, V>> lookUp) {
    Maps<K, V> now = maps;
    Map.Entry<K, V> found = lookUp.apply(now.young());
    if (found != null) {
      return found.getValue();
    }
    found = lookUp.apply(now.old());
    if (found == null) {
      return null;
    }
    put(found.getKey(), found.getValue());
    return found.getValue();
  }

  void put(K key, V value) {
    Maps<K, V> now = maps;
    if (now.young().put(key, value) == null
        && now.youngWeight().addAndGet(weight.applyAsLong(value)) > bound / 2) {
      turn(now);
    }
  }

  private synchronized void turn(Maps<K, V> full) {
    if (maps == full) {
      maps = empty(full.young());
    }
  }
}
