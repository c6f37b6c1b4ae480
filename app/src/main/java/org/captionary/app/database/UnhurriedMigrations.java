package org.captionary.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets a migration take its time: other statements are given up when the server has said nothing
 * for long (the driver's {@code socketTimeout}), and one that rewrites a large table says nothing.
 */
public final class UnhurriedMigrations implements Callback {

  private static final Executor SAME_THREAD = Runnable::run;

  /** Of the connection that migrates, in milliseconds. */
  private int usual;

  @Override
  public boolean supports(Event event, Context context) {
    return switch (event) {
      case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_ERROR -> true;
      default -> false;
    };
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(SAME_THREAD, 0);
      } else {
        connection.setNetworkTimeout(SAME_THREAD, usual);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String getCallbackName() {
    return "unhurried migrations";
  }
}
