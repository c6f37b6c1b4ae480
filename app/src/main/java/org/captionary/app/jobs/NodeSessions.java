package org.captionary.app.jobs;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Gives each connection the node's name, so that PostgreSQL tells whose it is: to operators, and to
 * {@link DeadNodes}.
 */
@Singleton
class NodeSessions implements AgroalPoolInterceptor {

  private final NodeName name;

  NodeSessions(NodeName name) {
    this.name = name;
  }

  @Override
  public void onConnectionCreate(Connection connection) {
    try {
      connection.setClientInfo("ApplicationName", name.value());
    } catch (SQLException e) {
      throw new IllegalStateException("a connection cannot be named: " + e.getMessage(), e);
    }
  }
}
