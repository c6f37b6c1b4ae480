package org.captionary.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the words after the jar ask for. */
final class Arguments {

  static final int WRONG_USAGE = 2;

  private final Commands commands;
  private final PrintStream errors;

  Arguments(Commands commands, PrintStream errors) {
    this.commands = commands;
    this.errors = errors;
  }

  /**
   * Runs the command that {@code args} name: its exit status, or nothing if the jar is to serve.
   */
  OptionalInt runCommand(List<String> args) {
    return args.isEmpty() ? OptionalInt.empty() : OptionalInt.of(run(args));
  }

  private int run(List<String> args) {
    String name = args.get(0);
    Optional<Command> command = commands.find(name);
    return command
        .map(found -> found.run(args.subList(1, args.size())))
        .orElseGet(() -> refuse(name));
  }

  private int refuse(String name) {
    String kind = name.startsWith("-") ? "flag" : "command";
    errors.printf("Unknown %s: %s%n%s%n", kind, name, commands.usage());
    return WRONG_USAGE;
  }
}
