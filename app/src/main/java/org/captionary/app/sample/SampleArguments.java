package org.captionary.app.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of {@link SampleCommand}, read. */
record SampleArguments(String folder, SampleDataset dataset) {

  private static final Set<String> OPTIONS = Set.of("--photos", "--seed", "--width", "--height");

  /**
   * @throws IllegalArgumentException naming the argument and its value
   */
  static SampleArguments parse(List<String> args) {
    Deque<String> rest = new ArrayDeque<>(args);
    Map<String, String> options = new HashMap<>();
    String folder = null;
    while (!rest.isEmpty()) {
      String arg = rest.pop();
      if (arg.startsWith("--")) {
        readOption(arg, rest, options);
      } else if (folder == null && !arg.isBlank()) {
        folder = arg;
      } else {
        throw new IllegalArgumentException("folder: unexpected '" + arg + "'; one is needed");
      }
    }
    return of(folder, options);
  }

  private static void readOption(String name, Deque<String> rest, Map<String, String> options) {
    if (!OPTIONS.contains(name)) {
      throw new IllegalArgumentException(name + ": no such option");
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(name + ": no value given");
    }
    if (options.put(name, rest.pop()) != null) {
      throw new IllegalArgumentException(name + ": given twice");
    }
  }

  private static SampleArguments of(String folder, Map<String, String> options) {
    if (folder == null) {
      throw new IllegalArgumentException("folder: none given");
    }
    SampleDataset dataset =
        new SampleDataset(
            wholeNumber("--photos", options, SampleDataset.DEFAULT_PHOTOS),
            seed(options),
            wholeNumber("--width", options, SampleDataset.DEFAULT_WIDTH),
            wholeNumber("--height", options, SampleDataset.DEFAULT_HEIGHT));
    return new SampleArguments(folder, dataset);
  }

  private static int wholeNumber(String name, Map<String, String> options, int otherwise) {
    String text = options.getOrDefault(name, Integer.toString(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          name + ": '" + text + "' is not a number from 1 to 2^31-1");
    }
  }

  private static long seed(Map<String, String> options) {
    String text = options.getOrDefault("--seed", Long.toString(SampleDataset.DEFAULT_SEED));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException("--seed: '" + text + "' is not a signed 64-bit number");
    }
  }
}
