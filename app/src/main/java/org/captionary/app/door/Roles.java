package org.captionary.app.door;

/** The roles that {@code @RolesAllowed} names. Who is admin is trainer too. */
public final class Roles {

  /** May all. */
  public static final String ADMIN = "admin";

  /** May read what training needs. */
  public static final String TRAINER = "trainer";

  private Roles() {}
}
