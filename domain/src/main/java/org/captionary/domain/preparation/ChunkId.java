package org.captionary.domain.preparation;

import java.util.Locale;

/**
 * Names a chunk.
 *
 * @param number from 0, within the phase
 */
public record ChunkId(JobId job, Phase phase, int number) {

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "chunk %d of %s, job %d", number, phase, job.value());
  }
}
