package org.captionary.domain.preparation;

import java.util.List;

/**
 * A piece of a phase, as a node has taken it up. Its results and its completion commit together.
 *
 * @param arguments what to work on, in the phase's own words
 * @param attempt counts from 1; who has taken a chunk up is told by it from others before and after
 * @param vanished how many attempts ended with neither result nor cause, as when their process died
 * @param suspects what attempts were about to do when they vanished, if they noted it
 */
public record Chunk(
    ChunkId id, List<String> arguments, int attempt, int vanished, List<String> suspects) {

  public Chunk {
    arguments = List.copyOf(arguments);
    suspects = List.copyOf(suspects);
  }
}
