package org.captionary.app;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.app.sample.SampleCommand;

/** The commands by name; without one the jar serves. */
final class Commands {

  private final Map<String, Command> byName;

  Commands(Map<String, Command> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /** Every command of the jar: one line each. */
  static Commands all() {
    return new Commands(Map.of("sample", new SampleCommand()::run));
  }

  Optional<Command> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** How the jar is used, for a person at a terminal. */
  String usage() {
    return "Usage: java -jar quarkus-run.jar [command]%nWithout a command, Captionary serves.%n%s"
        .formatted(known());
  }

  private String known() {
    return byName.isEmpty() ? "There are no commands." : "Commands: " + names() + ".";
  }

  private String names() {
    return String.join(", ", byName.keySet());
  }
}
