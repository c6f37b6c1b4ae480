package org.captionary.domain.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.captionary.domain.InvalidInputException;

/**
 * A token as it is known, without what it is.
 *
 * @param name who uses it, as logs tell; 1 to 64 characters of {@code A-Z}, {@code a-z}, {@code
 *     0-9}, {@code _}, {@code -} and {@code .}, the first a letter or digit; neither {@code admin}
 *     nor {@code trainer}, which the configured tokens are called. No name is ever given twice
 * @param expiresAt from when on it is not taken any more
 * @param revokedAt since when it is not taken any more
 */
public record AccessToken(
    String name,
    Role role,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<String> TAKEN = Set.of(Role.ADMIN.id(), Role.TRAINER.id());

  /**
   * @throws InvalidInputException on field {@code name}
   */
  public AccessToken {
    if (!isName(name)) {
      throw new InvalidInputException(
          "name",
          name,
          "1 to 64 characters of A-Z, a-z, 0-9, _, - and ., the first a letter or digit; not "
              + String.join(" or ", Role.ids()));
    }
  }

  /** Whether a token may be called so. */
  public static boolean isName(String text) {
    return text != null && NAME.matcher(text).matches() && !TAKEN.contains(text);
  }

  /** Whether it is taken at that time. */
  public boolean isUsable(Instant now) {
    return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
  }
}
