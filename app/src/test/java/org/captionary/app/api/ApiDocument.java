package org.captionary.app.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** {@code openapi.yaml}, as far as tests ask of it. */
final class ApiDocument {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final Map<String, Object> root;

  private ApiDocument(Map<String, Object> root) {
    this.root = root;
  }

  static ApiDocument read() {
    try (InputStream source =
        ApiDocument.class.getResourceAsStream("/META-INF/resources/openapi.yaml")) {
      return new ApiDocument(new Yaml().load(source));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every call as {@code GET /api/token}. */
  Map<String, Map<String, Object>> calls() {
    Map<String, Map<String, Object>> calls = new TreeMap<>();
    at("paths")
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (method, call) -> {
                          if (METHODS.contains(method)) {
                            calls.put(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path, map(call));
                          }
                        }));
    return calls;
  }

  /** The names of a call's parameters of a kind, those of its path included. */
  Set<String> parameters(String call, String kind) {
    Map<String, Object> item = map(at("paths").get(call.split(" ")[1]));
    List<Object> declared = new ArrayList<>(list(item.get("parameters")));
    declared.addAll(list(calls().get(call).get("parameters")));
    Set<String> names = new TreeSet<>();
    declared.stream()
        .map(this::resolved)
        .filter(parameter -> parameter.get("in").equals(kind))
        .forEach(parameter -> names.add((String) parameter.get("name")));
    return names;
  }

  /** A call's answers by status. */
  Map<String, Map<String, Object>> answers(Map<String, Object> call) {
    Map<String, Map<String, Object>> answers = new TreeMap<>();
    map(call.get("responses")).forEach((status, answer) -> answers.put(status, resolved(answer)));
    return answers;
  }

  Map<String, Object> component(String kind, String name) {
    return map(at("components", kind).get(name));
  }

  /** The values of the examples that stand apart from any call. */
  Map<String, Object> examples() {
    Map<String, Object> values = new TreeMap<>();
    at("components", "examples")
        .forEach((name, example) -> values.put(name, map(example).get("value")));
    return values;
  }

  /** What a {@code $ref} names; anything else is itself. */
  Map<String, Object> resolved(Object node) {
    Object reference = map(node).get("$ref");
    return reference == null
        ? map(node)
        : at(((String) reference).replaceFirst("^#/", "").split("/"));
  }

  private Map<String, Object> at(String... way) {
    Map<String, Object> node = root;
    for (String step : way) {
      node = map(node.get(step));
    }
    return node;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object node) {
    return node == null ? Map.of() : (Map<String, Object>) node;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object node) {
    return node == null ? List.of() : (List<Object>) node;
  }
}
