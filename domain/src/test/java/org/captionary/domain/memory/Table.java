package org.captionary.domain.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rows by key, in the order of insertion, that can be set back to an earlier state.
 *
 * @param <V> rows that never change
 */
final class Table<K, V> {

  private Map<K, V> rows = new LinkedHashMap<>();
  private Map<K, V> before;

  /** Marks the state that {@link #setBack} leads to. */
  void mark() {
    before = null;
  }

  /** As it was when it was marked. */
  void setBack() {
    if (before != null) {
      rows = before;
      before = null;
    }
  }

  /** Copies the rows before the first change only, as most units change few tables. */
  private Map<K, V> changing() {
    if (before == null) {
      before = new LinkedHashMap<>(rows);
    }
    return rows;
  }

  /**
   * @throws IllegalStateException if the key is taken, as a database would refuse it
   */
  void insert(K key, V row) {
    if (changing().putIfAbsent(key, row) != null) {
      throw new IllegalStateException("there is a row of key " + key);
    }
  }

  boolean insertIfAbsent(K key, V row) {
    return changing().putIfAbsent(key, row) == null;
  }

  void put(K key, V row) {
    changing().put(key, row);
  }

  Optional<V> find(K key) {
    return Optional.ofNullable(rows.get(key));
  }

  boolean contains(K key) {
    return rows.containsKey(key);
  }

  Stream<K> keys() {
    return rows.keySet().stream();
  }

  Stream<V> rows() {
    return rows.values().stream();
  }

  Stream<Map.Entry<K, V>> entries() {
    return rows.entrySet().stream();
  }

  void deleteIf(Predicate<K> condition) {
    changing().keySet().removeIf(condition);
  }
}
