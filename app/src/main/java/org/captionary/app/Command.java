package org.captionary.app;

import java.util.List;

/** Something the jar does instead of serving, chosen by the first word after it. */
@FunctionalInterface
public interface Command {

  /**
   * Runs to the end.
   *
   * @param args the words after the command's name
   * @return the exit status of the process: 0 done, 1 failed, 2 wrong usage
   */
  int run(List<String> args);
}
