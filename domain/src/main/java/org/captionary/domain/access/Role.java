package org.captionary.domain.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a token is for. Who is admin is trainer too. */
public enum Role {
  /** May all. */
  ADMIN,
  /** May read what training needs. */
  TRAINER;

  /** As it stands on the wire and in the database. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> byId(String id) {
    return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Role::id).toList();
  }
}
