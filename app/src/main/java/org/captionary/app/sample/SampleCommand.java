package org.captionary.app.sample;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The command {@code sample <folder> [--photos 60] [--seed 1] [--width 320] [--height 240]}: writes
 * a {@link SampleDataset}.
 */
public final class SampleCommand {

  public static final String USAGE =
      "sample <folder> [--photos %d] [--seed %d] [--width %d] [--height %d]"
          .formatted(
              SampleDataset.DEFAULT_PHOTOS,
              SampleDataset.DEFAULT_SEED,
              SampleDataset.DEFAULT_WIDTH,
              SampleDataset.DEFAULT_HEIGHT);

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final PrintStream out;
  private final PrintStream err;

  /** Reports on standard output, complains on standard error. */
  public SampleCommand() {
    this(System.out, System.err);
  }

  SampleCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Writes the sample.
   *
   * @param args what follows the command's name
   * @return the process's exit code: 0 done; 1 a file could not be written; 2 an argument, or what
   *     is in the folder, is refused, by name and value
   */
  public int run(List<String> args) {
    if (args.contains("--help")) {
      out.println("usage: " + USAGE);
      return DONE;
    }
    try {
      SampleArguments arguments = SampleArguments.parse(args);
      return write(arguments.dataset(), Path.of(arguments.folder()).toAbsolutePath().normalize());
    } catch (InvalidPathException refused) {
      return complain(MISUSED, "folder: " + refused.getMessage());
    } catch (IllegalArgumentException refused) {
      return complain(MISUSED, refused.getMessage());
    }
  }

  private int write(SampleDataset dataset, Path folder) {
    try {
      dataset.write(folder);
    } catch (IOException failure) {
      return complain(FAILED, "cannot write to " + folder + ": " + failure);
    }
    out.println(dataset.photos() + " photos, " + dataset.captions() + " captions in " + folder);
    return DONE;
  }

  private int complain(int exitCode, String message) {
    err.println("sample: " + message);
    if (exitCode == MISUSED) {
      err.println("usage: " + USAGE);
    }
    return exitCode;
  }
}
