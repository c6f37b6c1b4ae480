package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * SQL on the connection of the transaction under way, for rows that come in bulk and would be too
 * many for entities.
 */
@ApplicationScoped
@Transactional
class Sql {

  private static final Logger LOG = System.getLogger(Sql.class.getName());
  private static final int FETCH_SIZE = 1_000;
  private static final int LARGE_FETCH_SIZE = 32;

  private final EntityManager entities;

  Sql(EntityManager entities) {
    this.entities = entities;
  }

  /** Turns the row that a result set stands on into a value. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  <T> List<T> list(String sql, Row<T> row, Object... parameters) {
    List<T> found = new ArrayList<>();
    forEach(sql, row, found::add, parameters);
    return found;
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... parameters) {
    return list(sql, row, parameters).stream().findFirst();
  }

  long number(String sql, Object... parameters) {
    return first(sql, row -> row.getLong(1), parameters).orElseThrow();
  }

  /** Gives row by row, some {@value #FETCH_SIZE} being held at a time. */
  <T> void forEach(String sql, Row<T> row, Consumer<T> consumer, Object... parameters) {
    forEach(FETCH_SIZE, sql, row, consumer, parameters);
  }

  /** As {@link #forEach}, for rows of many kilobytes: {@value #LARGE_FETCH_SIZE} at a time. */
  <T> void forEachLarge(String sql, Row<T> row, Consumer<T> consumer, Object... parameters) {
    forEach(LARGE_FETCH_SIZE, sql, row, consumer, parameters);
  }

  private <T> void forEach(
      int fetchSize, String sql, Row<T> row, Consumer<T> consumer, Object... parameters) {
    execute(
        sql,
        statement -> {
          statement.setFetchSize(fetchSize);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              consumer.accept(row.read(rows));
            }
          }
          return null;
        },
        parameters);
  }

  int update(String sql, Object... parameters) {
    return execute(sql, PreparedStatement::executeUpdate, parameters);
  }

  /**
   * Copies rows into a table.
   *
   * @param into table and columns, such as {@code photo (id, name)}
   */
  void copy(String into, Consumer<BinaryCopy> rows) {
    session()
        .doWork(
            connection -> {
              CopyIn target =
                  connection
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyIn("COPY " + into + " FROM STDIN WITH (FORMAT binary)");
              try {
                BinaryCopy copy = new BinaryCopy(target);
                rows.accept(copy);
                copy.end();
              } finally {
                cancelIfOpen(target);
              }
            });
  }

  /** The driver lets whoever comes next on the connection, as a rollback, wait for ever for it. */
  private static void cancelIfOpen(CopyIn copy) {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "a copy that failed cannot be cancelled", e);
      }
    }
  }

  private <T> T execute(String sql, Work<T> work, Object... parameters) {
    return session()
        .doReturningWork(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(connection, statement, parameters);
                return work.on(statement);
              }
            });
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }

  private static void bind(Connection connection, PreparedStatement statement, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, bound(connection, parameters[i]));
    }
  }

  private static Object bound(Connection connection, Object parameter) throws SQLException {
    if (parameter instanceof Instant instant) {
      return Timestamp.from(instant);
    }
    if (parameter instanceof byte[][] several) {
      return connection.createArrayOf("bytea", several);
    }
    if (parameter instanceof String[] several) {
      return connection.createArrayOf("text", several);
    }
    if (parameter instanceof Integer[] several) {
      return connection.createArrayOf("int4", several);
    }
    if (parameter instanceof Long[] several) {
      return connection.createArrayOf("int8", several);
    }
    return parameter;
  }
}
