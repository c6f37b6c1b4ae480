package org.captionary.domain.access;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What was asked for that only admins may do.
 *
 * @param id larger the later it was noted
 * @param who the token's name, {@code admin} for the configured one; up to {@value #LONGEST}
 *     characters, as {@code address}, {@code action} and {@code target}
 * @param address that it was asked from
 * @param action the method and the address, with the names of its variable parts: {@code POST
 *     /api/admin/jobs/{id}/cancel}
 * @param target the address of what was changed or made
 * @param outcome the answer's HTTP status; none while it is under way, or if the node died over it
 */
public record AuditEntry(
    long id,
    Instant at,
    String who,
    String address,
    String action,
    String target,
    OptionalInt outcome) {

  /** Of each text; what is longer is cut. */
  public static final int LONGEST = 500;

  public AuditEntry {
    who = cut(who);
    address = cut(address);
    action = cut(action);
    target = cut(target);
  }

  /** As it may be kept. */
  public static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
