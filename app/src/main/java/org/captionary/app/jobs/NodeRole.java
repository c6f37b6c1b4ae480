package org.captionary.app.jobs;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.captionary.domain.InvalidInputException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this node does, {@code captionary.role}. */
@Singleton
public final class NodeRole {

  private enum Role {
    /** Everything. */
    ALL,
    /** Serves what is prepared: runs no jobs, extracts nothing, loads no native library for it. */
    SERVE,
    /** Runs jobs and extracts, and serves no batches. */
    WORK
  }

  private static final String KEY = "captionary.role";

  private final Role role;

  /**
   * @throws InvalidInputException if there is no such role
   */
  public NodeRole(@ConfigProperty(name = KEY) String name) {
    List<String> ids =
        Arrays.stream(Role.values()).map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
    int place = ids.indexOf(name.strip());
    if (place < 0) {
      throw new InvalidInputException(KEY, name, ids);
    }
    role = Role.values()[place];
  }

  /** Whether the node runs jobs and extracts features. */
  public boolean prepares() {
    return role != Role.SERVE;
  }

  /** Whether the node serves what is prepared. */
  public boolean serves() {
    return role != Role.WORK;
  }
}
