package org.captionary.domain.preparation;

import java.time.Instant;
import org.captionary.domain.photo.ContentHash;

/**
 * Where a preparation comes from.
 *
 * @param content of the whole snapshot: captions, splits and photos
 */
public record Provenance(
    JobId job,
    ContentHash content,
    Snapshot.TextFiles text,
    Environment environment,
    Instant startedAt,
    Instant finishedAt) {

  /**
   * What a preparation was made with.
   *
   * @param version of Captionary
   * @param java such as {@code 17.0.15}
   * @param machine operating system and processor architecture
   */
  public record Environment(String version, String java, String machine) {}
}
