package org.captionary.domain.access;

import java.time.Instant;
import java.util.List;

/** Port: the tokens that admins made, by name. */
public interface TokenRepository {

  /** A token and the hash that it is known by. */
  record Kept(AccessToken token, TokenHash hash) {}

  /**
   * Keeps a new token.
   *
   * @return false if a token has or had the name; that stays
   */
  boolean add(AccessToken token, TokenHash hash);

  /** All that ever were, the oldest first, then by name. */
  List<AccessToken> all();

  /** Those that are taken at that time, in any order. */
  List<Kept> usable(Instant now);

  /**
   * Has a token not be taken any more; when it was revoked first stays.
   *
   * @return false if there is none of the name
   */
  boolean revoke(String name, Instant at);
}
