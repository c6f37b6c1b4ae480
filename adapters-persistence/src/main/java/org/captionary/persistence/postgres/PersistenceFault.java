package org.captionary.persistence.postgres;

import java.sql.SQLException;

/** The database refused or could not be reached. */
final class PersistenceFault extends RuntimeException {

  PersistenceFault(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
